-- CreateTable
CREATE TABLE "Shipment" (
    "id" BIGINT GENERATED ALWAYS AS IDENTITY,
    "orderId" TEXT NOT NULL,
    "addressId" BIGINT NOT NULL,
    "trackingCode" TEXT,
    "shippedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Shipment_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id"),
    CONSTRAINT "Shipment_addressId_fkey" FOREIGN KEY ("addressId") REFERENCES "Address"("id")
);

-- CreateIndex
CREATE INDEX "Shipment_orderId_idx" ON "Shipment"("orderId");
CREATE INDEX "Shipment_addressId_idx" ON "Shipment"("addressId");

-- CreateTable
CREATE TABLE "ShipmentEvent" (
    "shipmentId" BIGINT NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "description" TEXT NOT NULL
) PARTITION BY RANGE ("happenedAt");

CREATE TABLE "ShipmentEvent_2025" PARTITION OF "ShipmentEvent" FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE "ShipmentEvent_2026" PARTITION OF "ShipmentEvent" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
