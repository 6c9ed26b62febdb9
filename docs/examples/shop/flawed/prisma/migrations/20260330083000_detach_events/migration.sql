ALTER TABLE "ShipmentEvent" DETACH PARTITION "ShipmentEvent_2025";
