import { Router } from 'express';
import { getDeliveryNote, getPackingList, releaseOrder, reopenOrder } from './desk.handler.js';

/** What the people at the order desk need. */
export const deskRouter = Router();

deskRouter.get('/:id/reopen', reopenOrder);
deskRouter.post('/:id/release', releaseOrder);
deskRouter.get('/:id/delivery-note', getDeliveryNote);
deskRouter.get('/:id/packing_list', getPackingList);
deskRouter.get('/:id/shelves/:shelfId/bins/:binId', getDeliveryNote);
