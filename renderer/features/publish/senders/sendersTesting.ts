import type { SenderStatus } from '#shared/model/sender'

/** A sender that runs on connection `c`, with what a test says of it. */
export const runningSender = (given: Partial<SenderStatus> & Pick<SenderStatus, 'senderId'>): SenderStatus => ({
  connectionId: 'c',
  name: '',
  topic: 'plant/1',
  qos: 1,
  pace: { kind: 'interval', everyMs: 10 },
  devices: 1,
  startedAt: 1,
  counts: { sent: 0, acknowledged: 0, refused: 0, lost: 0, interrupted: 0, skipped: 0 },
  unanswered: 0,
  late: 0,
  planned: null,
  progress: null,
  rate: 100,
  wantedRate: 100,
  driftMs: 0,
  intervals: null,
  recent: [],
  clientsOnline: null,
  firstRefusal: null,
  end: null,
  ...given,
})
