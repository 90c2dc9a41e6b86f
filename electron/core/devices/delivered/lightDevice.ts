import type { DeviceDefinition } from '#shared/model/device'
import { deviceMessage, deviceTelemetry, noFaults } from './deviceParts'

const retained = { retain: true, qos: 1 } as const
const own = 'topicscope/light-{{ n }}'

const config = `{
  "name": "Light",
  "unique_id": "topicscope_light_{{ n }}",
  "schema": "json",
  "command_topic": "${own}/set",
  "state_topic": "${own}/state",
  "availability_topic": "${own}/availability",
  "brightness": true,
  "supported_color_modes": ["brightness"],
  "qos": 1,
  "device": {
    "identifiers": ["topicscope_light_{{ n }}"],
    "name": "Topicscope light {{ n }}",
    "manufacturer": "Topicscope",
    "model": "Simulated light"
  }
}`
const state = deviceMessage(
  `${own}/state`,
  '{"state":"{{ state.power }}","brightness":{{ state.brightness }},"color_mode":"brightness"}',
  { ...retained, format: 'json' },
)
const availability = (word: string) => deviceMessage(`${own}/availability`, word, retained)

/** The JSON schema of Home Assistant's MQTT light. */
export const lightDevice: DeviceDefinition = {
  id: 'delivered.light',
  name: 'Home Assistant light',
  description:
    'A light with brightness, found by Home Assistant through MQTT discovery. It obeys commands in JSON; its availability is its will.',
  devices: 1,
  clientId: 'home-assistant-light-{{ n }}',
  variables: [
    { name: 'power', start: 'OFF', next: '', everyMs: 1_000 },
    { name: 'brightness', start: '255', next: '', everyMs: 1_000 },
  ],
  births: [
    deviceMessage('homeassistant/light/topicscope_light_{{ n }}/config', config, { ...retained, format: 'json' }),
    availability('online'),
    state,
  ],
  telemetry: [deviceTelemetry(state, { name: 'State, when it changes', everyMs: 1_000, sent: 'changes' })],
  commands: [
    {
      name: 'Switch and dim',
      filter: `${own}/set`,
      reads: 'json',
      when: '',
      sets: [
        {
          variable: 'power',
          value:
            '{% if request.json.state == "ON" or request.json.state == "OFF" %}{{ request.json.state }}{% else %}{{ state.power }}{% endif %}',
        },
        { variable: 'brightness', value: '{{ request.json.brightness | default: state.brightness }}' },
      ],
      answer: null,
      birthsAgain: false,
    },
    {
      name: 'Home Assistant has started',
      filter: 'homeassistant/status',
      reads: 'json',
      when: '{% if request.payload == "online" %}yes{% endif %}',
      sets: [],
      answer: null,
      birthsAgain: true,
    },
  ],
  will: availability('offline'),
  deaths: [availability('offline')],
  faults: noFaults,
}
