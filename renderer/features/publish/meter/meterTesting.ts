import type { Latencies, MeterStatus } from '#shared/model/meter'

export const timesOf = (given: Partial<Latencies> = {}): Latencies => ({
  count: 14,
  least: 1.01,
  p50: 1.5,
  p95: 4,
  p99: 4.5,
  most: 4.75,
  bins: [
    { from: 1, to: 1.28, count: 7 },
    { from: 1.28, to: 1.5, count: 0 },
    { from: 1.5, to: 5, count: 7 },
  ],
  ...given,
})

/** One that is over, of a connection `c` to itself. */
export const meterOf = (given: Partial<MeterStatus> = {}): MeterStatus => ({
  meterId: 'm',
  run: '7f3a9c21',
  sendOn: 'c',
  topic: 'topicscope/meter/1',
  receiveOn: 'c',
  filter: 'topicscope/meter/1',
  stamp: { carrier: 'payload', name: 'stamp' },
  lateAfterMs: 1_000,
  phase: { kind: 'finished', why: 'complete' },
  startedAt: Date.UTC(2026, 10, 30),
  endedAt: Date.UTC(2026, 10, 30, 0, 1),
  planned: 1_000,
  grantedQos: 2,
  counts: {
    sent: 1_000,
    received: 997,
    lost: 3,
    duplicated: 2,
    reordered: 1,
    late: 0,
    waiting: 0,
    refused: 0,
    redelivered: 0,
    copies: 0,
    resent: 0,
    stored: 0,
    forgotten: 0,
    lowered: 0,
    unheard: 0,
    unacknowledged: 0,
  },
  latencies: timesOf(),
  byQos: [
    {
      qos: 0,
      ...timesOf({
        count: 10,
        bins: [
          { from: 1, to: 1.28, count: 3 },
          { from: 1.28, to: 1.5, count: 0 },
          { from: 1.5, to: 5, count: 7 },
        ],
      }),
    },
    { qos: 1, ...timesOf({ count: 4, bins: [{ from: 1, to: 1.28, count: 4 }] }) },
  ],
  firstRefusal: null,
  foreign: [],
  notes: [],
  ...given,
})
