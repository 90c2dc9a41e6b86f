import type { DeviceDefinition } from '#shared/model/device'
import { deviceMessage, deviceTelemetry, noFaults } from './deviceParts'

const retained = { retain: true, qos: 1, format: 'json' } as const

/** What most devices do: they are born, tell what they measure, obey, and are gone. */
export const sensorDevice: DeviceDefinition = {
  id: 'delivered.sensor',
  name: 'Sensor with a relay',
  description:
    'Tells that it is there, sends temperature and humidity, switches its relay when told to, answers, and tells when it is gone.',
  devices: 1,
  clientId: 'sensor-{{ n }}',
  variables: [
    { name: 'temperature', start: '21.0', next: '{{ 21 | walk: 0.2, 15, 30 }}', everyMs: 2_000 },
    { name: 'relay', start: 'off', next: '', everyMs: 1_000 },
  ],
  births: [
    deviceMessage('devices/{{ client }}/status', '{"status":"online","since":"{{ now }}"}', retained),
    deviceMessage('devices/{{ client }}/relay', '{{ state.relay }}', { ...retained, format: 'text' }),
  ],
  telemetry: [
    deviceTelemetry(
      deviceMessage(
        'devices/{{ client }}/telemetry',
        '{"temperature":{{ state.temperature }},"humidity":{{ 50 | sine: 10, 600 | round: 1 }},"at":"{{ now }}"}',
        { format: 'json' },
      ),
      { name: 'Telemetry', everyMs: 2_000, afterMs: 500 },
    ),
    deviceTelemetry(deviceMessage('devices/{{ client }}/relay', '{{ state.relay }}', { ...retained, format: 'text' }), {
      name: 'Relay, when it changes',
      everyMs: 1_000,
      sent: 'changes',
    }),
  ],
  commands: [
    {
      name: 'Switch the relay',
      filter: 'devices/{{ client }}/set',
      reads: 'json',
      when: '',
      sets: [
        {
          variable: 'relay',
          value:
            '{% if request.json.relay == "on" or request.json.relay == "off" %}{{ request.json.relay }}{% else %}{{ state.relay }}{% endif %}',
        },
      ],
      answer: deviceMessage(
        'devices/{{ client }}/set/answer',
        '{"relay":"{{ state.relay }}","obeyed":{% if request.json.relay == state.relay %}true{% else %}false{% endif %}}',
        { format: 'json', qos: 1 },
      ),
      birthsAgain: false,
    },
  ],
  will: deviceMessage('devices/{{ client }}/status', '{"status":"lost"}', retained),
  deaths: [deviceMessage('devices/{{ client }}/status', '{"status":"offline","at":"{{ now }}"}', retained)],
  faults: noFaults,
}
