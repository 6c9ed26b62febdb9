/** What a compiled `.proto` file says of its services. */
export interface ProtoFile {
  /** Empty when the file names none. */
  readonly package: string;
  readonly services: readonly { readonly name: string; readonly methods: readonly string[] }[];
}

/** Numbers of fields in https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto */
const FILE_PACKAGE = 2;
const FILE_SERVICE = 6;
const SERVICE_NAME = 1;
const SERVICE_METHOD = 2;
const METHOD_NAME = 1;

/** https://protobuf.dev/programming-guides/encoding/#structure */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

interface Field {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** Reads a `FileDescriptorProto` in base64; undefined when it is none. */
export function readFileDescriptor(base64: string): ProtoFile | undefined {
  const fields = fieldsOf(Buffer.from(base64, 'base64'));
  const services = fields?.filter((field) => field.number === FILE_SERVICE).map(({ bytes }) => {
    const inner = fieldsOf(bytes) ?? [];
    const methods = inner.filter((field) => field.number === SERVICE_METHOD).map((field) => textAt(fieldsOf(field.bytes) ?? [], METHOD_NAME));
    return { name: textAt(inner, SERVICE_NAME), methods };
  });
  return fields && services && { package: textAt(fields, FILE_PACKAGE), services };
}

function textAt(fields: readonly Field[], number: number): string {
  const field = fields.find((each) => each.number === number);
  return field ? Buffer.from(field.bytes).toString('utf8') : '';
}

/** Fields of a message that hold bytes; undefined when the bytes are no message. */
function fieldsOf(bytes: Uint8Array): readonly Field[] | undefined {
  const found: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    switch (tag % 8) {
      case VARINT:
        varint();
        break;
      case FIXED64:
        at += 8;
        break;
      case FIXED32:
        at += 4;
        break;
      case LENGTH_DELIMITED: {
        const length = varint();
        found.push({ number: Math.floor(tag / 8), bytes: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      default:
        return undefined;
    }
  }
  return at === bytes.length ? found : undefined;
}
