import type { DeviceDefinition } from '#shared/model/device'
import { deviceMessage, deviceTelemetry, noFaults } from './deviceParts'

const sparkplug = { format: 'sparkplug' } as const
const topicOf = (type: string, device = '') => `spBv1.0/Topicscope/${type}/edge-{{ n }}${device}`

const metric = (name: string, dataType: string, value: string) =>
  `{"name":"${name}","timestamp":{{ now.ms }},"dataType":"${dataType}","value":${value}}`

/** A payload with its sequence number; what counts from the birth on is the count of messages. */
const payloadOf = (...metrics: readonly string[]) =>
  `{"timestamp":{{ now.ms }},"metrics":[${metrics.join(',')}],"seq":{{ sequence | modulo: 256 }}}`

/** Birth and death of one connection have the same number (Sparkplug 3.0 §6.4.21 and §6.4.25). */
const bdSeq = metric('bdSeq', 'Int64', '{{ connects | modulo: 256 }}')
const death = deviceMessage(topicOf('NDEATH'), `{"timestamp":{{ now.ms }},"metrics":[${bdSeq}]}`, {
  ...sparkplug,
  qos: 1,
})

/** The value that a command brings for a metric, or the one that the variable has. */
const commanded = (name: string, variable: string) =>
  `{% assign value = state.${variable} %}{% for metric in request.json.metrics %}{% if metric.name == "${name}" %}{% assign value = metric.value %}{% endif %}{% endfor %}{{ value }}`

const machine = [
  metric('Temperature', 'Double', '{{ state.temperature }}'),
  metric('Setpoint', 'Int32', '{{ state.setpoint }}'),
  metric('Running', 'Boolean', '{{ state.running }}'),
] as const

export const sparkplugDevice: DeviceDefinition = {
  id: 'delivered.sparkplug',
  name: 'Sparkplug B edge node',
  description:
    'An edge node with one device: NBIRTH, DBIRTH, NDATA, DDATA, DDEATH and NDEATH, with bdSeq and seq. It is born again on NCMD “Node Control/Rebirth”; DCMD sets “Setpoint” and “Running”.',
  devices: 1,
  clientId: 'sparkplug-edge-{{ n }}',
  variables: [
    { name: 'temperature', start: '60.0', next: '{{ 60 | walk: 0.5, 40, 80 }}', everyMs: 2_000 },
    { name: 'uptime', start: '0', next: '{{ state.uptime | plus: 10 }}', everyMs: 10_000 },
    { name: 'setpoint', start: '60', next: '', everyMs: 1_000 },
    { name: 'running', start: 'true', next: '', everyMs: 1_000 },
  ],
  births: [
    deviceMessage(
      topicOf('NBIRTH'),
      payloadOf(
        bdSeq,
        metric('Node Control/Rebirth', 'Boolean', 'false'),
        metric('Node Info/Uptime', 'Int64', '{{ state.uptime }}'),
      ),
      sparkplug,
    ),
    deviceMessage(topicOf('DBIRTH', '/machine'), payloadOf(...machine), sparkplug),
  ],
  telemetry: [
    deviceTelemetry(
      deviceMessage(topicOf('NDATA'), payloadOf(metric('Node Info/Uptime', 'Int64', '{{ state.uptime }}')), sparkplug),
      { name: 'NDATA', everyMs: 10_000, sent: 'changes' },
    ),
    deviceTelemetry(deviceMessage(topicOf('DDATA', '/machine'), payloadOf(machine[0]), sparkplug), {
      name: 'DDATA, temperature',
      everyMs: 2_000,
      sent: 'changes',
    }),
    deviceTelemetry(deviceMessage(topicOf('DDATA', '/machine'), payloadOf(machine[1], machine[2]), sparkplug), {
      name: 'DDATA, what commands change',
      everyMs: 1_000,
      sent: 'changes',
    }),
  ],
  commands: [
    {
      name: 'Rebirth',
      filter: topicOf('NCMD'),
      reads: 'sparkplug',
      when: '{% for metric in request.json.metrics %}{% if metric.name == "Node Control/Rebirth" and metric.value == true %}yes{% endif %}{% endfor %}',
      sets: [],
      answer: null,
      birthsAgain: true,
    },
    {
      name: 'Setpoint and running',
      filter: topicOf('DCMD', '/machine'),
      reads: 'sparkplug',
      when: '',
      sets: [
        { variable: 'setpoint', value: commanded('Setpoint', 'setpoint') },
        { variable: 'running', value: commanded('Running', 'running') },
      ],
      answer: null,
      birthsAgain: false,
    },
  ],
  will: death,
  deaths: [
    deviceMessage(
      topicOf('DDEATH', '/machine'),
      '{"timestamp":{{ now.ms }},"seq":{{ sequence | modulo: 256 }}}',
      sparkplug,
    ),
    death,
  ],
  faults: noFaults,
}
