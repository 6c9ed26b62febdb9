-- AddForeignKey
ALTER TABLE "ShipmentEvent_2025" ADD CONSTRAINT "ShipmentEvent_2025_shipmentId_fkey" FOREIGN KEY ("shipmentId") REFERENCES "Shipment"("id") NOT VALID;
ALTER TABLE "ShipmentEvent_2025" VALIDATE CONSTRAINT "ShipmentEvent_2025_shipmentId_fkey";
