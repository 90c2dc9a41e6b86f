import type { DeviceDefinition, DeviceVariable } from '#shared/model/device'
import type { ComposedMessage } from '#shared/model/publish'
import { deviceMessage, deviceTelemetry, noFaults } from './deviceParts'

const json = { format: 'json', contentType: 'application/json' } as const
const retained = { retain: true } as const

/** A value that changes to the next of its names at each draw of so many in a hundred. */
const switching = (variable: Pick<DeviceVariable, 'name' | 'everyMs'>, names: readonly string[], percent: number) => {
  const [first = ''] = names
  const state = `state.${variable.name}`
  const cases = names.map((name, place) => `{% when "${name}" %}${names[(place + 1) % names.length] ?? first}`).join('')
  const next = `{% assign dice = 1 | random: 100 %}{% if dice <= ${percent} %}{% case ${state} %}${cases}{% endcase %}{% else %}{{ ${state} }}{% endif %}`
  return { ...variable, start: first, next }
}

const kitchenLight = deviceMessage('home/kitchen/light/state', '{{ state.kitchenLight }}', retained)
const livingRoomLight = deviceMessage('住家/客廳/燈/狀態', '{{ state.livingRoomLight }}', retained)
const ovenDoor = deviceMessage('plant/line2/oven/door', '{{ state.ovenDoor }}', retained)
const press = deviceMessage('plant/line1/press/state', '{"state":"{{ state.press }}","since":{{ now.ms }}}', {
  ...json,
  ...retained,
  qos: 1,
})

const samples = 64
/** Little-endian float32 samples of two sine waves with noise; the device sends four times as many a second. */
const vibration = `{% for sample in (0..${samples - 1}) %}{% assign later = sample | divided_by: ${4 * samples} %}{% assign slow = 0 | sine: 1, 0.1227, later %}{% assign fast = 0 | sine: 0.3, 0.0417, later %}{% assign noise = -0.05 | random: 0.05, 4 %}{{ slow | plus: fast | plus: noise | float32 }}{% endfor %}`

const withUnit = (unit: string, ...more: readonly [string, string][]): Partial<ComposedMessage> => ({
  userProperties: [['unit', unit], ...more],
})

/** A few rooms and machines, about 12 messages a second. */
export const plantDevice: DeviceDefinition = {
  id: 'delivered.plant',
  name: 'Rooms and machines',
  description:
    'What the built-in broker simulates: rooms and machines that send numbers, JSON and bytes, about 12 messages a second, some of them retained and some in Chinese.',
  devices: 1,
  clientId: 'plant',
  variables: [
    switching({ name: 'kitchenLight', everyMs: 1_000 }, ['on', 'off'], 7),
    switching({ name: 'livingRoomLight', everyMs: 1_000 }, ['開', '關'], 7),
    switching({ name: 'press', everyMs: 500 }, ['running', 'idle', 'maintenance'], 2),
    switching({ name: 'ovenDoor', everyMs: 1_000 }, ['closed', 'open'], 5),
    { name: 'watts', start: '640', next: '{{ 640 | walk: 40, 340, 940 }}', everyMs: 1_000 },
    {
      name: 'wattHours',
      start: '18734210',
      next: '{{ state.watts | divided_by: 3600 | plus: state.wattHours }}',
      everyMs: 1_000,
    },
  ],
  births: [deviceMessage('plant/gateway/status', 'online', retained), kitchenLight, livingRoomLight, press, ovenDoor],
  telemetry: [
    deviceTelemetry(deviceMessage('home/kitchen/temperature', '{{ 21.5 | walk: 0.2, 20, 23 }}'), { everyMs: 1_000 }),
    deviceTelemetry(deviceMessage('home/kitchen/humidity', '{{ 45 | walk: 1, 39, 51 }}'), {
      everyMs: 2_000,
      afterMs: 250,
    }),
    deviceTelemetry(kitchenLight, { everyMs: 1_000, sent: 'changes' }),
    deviceTelemetry(
      deviceMessage(
        'home/livingroom/climate',
        '{"celsius":{{ 21.0 | walk: 0.2, 19, 23 }},"humidity":{{ 48 | walk: 1, 40, 56 }},"at":"{{ now }}"}',
        json,
      ),
      { everyMs: 2_000, afterMs: 500 },
    ),
    deviceTelemetry(deviceMessage('住家/客廳/溫度', '{{ 24 | walk: 0.2, 22, 26 }}'), { everyMs: 1_000, afterMs: 250 }),
    deviceTelemetry(livingRoomLight, { everyMs: 1_000, sent: 'changes' }),
    deviceTelemetry(deviceMessage('住家/陽台/土壤濕度', '{{ 33 | walk: 1, 28, 38 }}'), {
      everyMs: 3_000,
      afterMs: 750,
    }),
    deviceTelemetry(
      // The meter's id needs more digits than a JavaScript number has: it must be shown as it stands in the text.
      deviceMessage(
        'office/meter/energy',
        '{"meterId":9007199254740993017,"kWh":{{ state.wattHours | divided_by: 1000 | round: 3 }},"watts":{{ state.watts }},"phases":[230.1,229.8,230.4]}',
        json,
      ),
      { everyMs: 1_000, afterMs: 500 },
    ),
    deviceTelemetry(press, { everyMs: 500, sent: 'changes' }),
    deviceTelemetry(deviceMessage('plant/line1/press/cycles', '{{ 10419 | counter }}'), { everyMs: 1_500 }),
    deviceTelemetry(
      deviceMessage('plant/line1/press/vibration', vibration, {
        format: 'hex',
        contentType: 'application/octet-stream',
        userProperties: [
          ['encoding', 'float32-le'],
          ['samples', String(samples)],
        ],
      }),
      { everyMs: 250 },
    ),
    deviceTelemetry(deviceMessage('plant/line1/conveyor/speed', '{{ 1.2 | walk: 0.02, 1, 1.4 }}', withUnit('m/s')), {
      everyMs: 500,
      afterMs: 250,
    }),
    deviceTelemetry(
      deviceMessage(
        'plant/line2/oven/temperature',
        '{{ 182 | walk: 0.6, 176, 188 }}',
        withUnit('°C', ['sensor', 'T-204']),
      ),
      { everyMs: 1_000, afterMs: 750 },
    ),
    deviceTelemetry(ovenDoor, { everyMs: 1_000, sent: 'changes' }),
  ],
  commands: [],
  will: deviceMessage('plant/gateway/status', 'offline', retained),
  deaths: [],
  faults: noFaults,
}
