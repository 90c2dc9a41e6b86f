import type { DeviceDefinition } from '#shared/model/device'
import { deviceMessage, deviceTelemetry } from './deviceParts'

const own = 'misbehaving'

/** 1 MiB, made of pieces of a KiB. */
const mebibyte =
  '{% capture kibibyte %}{% for i in (1..64) %}0123456789abcdef{% endfor %}{% endcapture %}{% for i in (1..1024) %}{{ kibibyte }}{% endfor %}'

/** Each of its faults is a message, or a switch, of its own. */
export const misbehavingDevice: DeviceDefinition = {
  id: 'delivered.misbehaving',
  name: 'Misbehaving device',
  description:
    'Two clients with the same client ID, which take the session from each other again and again, and send what receivers should survive: broken JSON, far too much, huge payloads, retained messages that are cleared, topics with a leading slash and spaces. In a copy each of it can be switched off.',
  devices: 2,
  clientId: 'misbehaving',
  variables: [],
  births: [],
  telemetry: [
    deviceTelemetry(deviceMessage(`${own}/json`, '{"temperature": 21.5, "unit": ', { format: 'json' }), {
      name: 'Broken JSON',
      everyMs: 1_000,
    }),
    deviceTelemetry(deviceMessage(`${own}/value`, '{{ 21 | choice: "21,5", "NaN", "null", "", "0x15" }}'), {
      name: 'Numbers that are none',
      everyMs: 1_000,
    }),
    deviceTelemetry(deviceMessage(`${own}/text`, 'ff fe 00 c3 28', { format: 'hex', contentType: 'text/plain' }), {
      name: 'Text that is no UTF-8',
      everyMs: 1_000,
    }),
    deviceTelemetry(deviceMessage(`${own}/flood`, '{{ i }}'), { name: 'Far too fast: 500 a second', everyMs: 2 }),
    deviceTelemetry(deviceMessage(`${own}/huge`, mebibyte), { name: 'Huge payload: 1 MiB', everyMs: 10_000 }),
    deviceTelemetry(deviceMessage(`${own}/retained`, 'now you see me', { retain: true }), {
      name: 'Retains a message',
      everyMs: 1_000,
    }),
    deviceTelemetry(deviceMessage(`${own}/retained`, '', { retain: true }), {
      name: 'Clears what it retained',
      everyMs: 1_000,
      afterMs: 250,
    }),
    deviceTelemetry(deviceMessage(`/${own}/ topic with spaces /{{ n }}`, 'lost?'), {
      name: 'Topic with a leading slash and spaces',
      everyMs: 1_000,
    }),
  ],
  commands: [],
  will: deviceMessage(`${own}/status`, 'lost', { retain: true }),
  deaths: [],
  faults: { sameClientId: true, dropEveryMs: null },
}
