import { compareLevels } from '#shared/mqtt/filterComparison'
import { useId, useState } from 'react'
import type { Qos } from '#shared/model/qos'
import type { SubscriptionOptions } from '#shared/model/subscription'
import type { FilterStanding } from '../model/subscriptionLabels'
import { FilterName } from '../mqttUi/FilterName'
import { FilterProblemNote } from '../mqttUi/FilterProblemNote'
import { LeftoverList } from '../mqttUi/LeftoverList'
import { markedProblem } from '../mqttUi/markedProblem'
import { FilterRemarks } from '../mqttUi/FilterRemarks'
import { FaultMark } from '../mqttUi/FaultMark'
import { KeyLogMark } from '../mqttUi/KeyLogMark'
import { ProductionMark } from '../mqttUi/ProductionMark'
import { QosField } from '../mqttUi/QosField'
import { SubscribeButton } from '../mqttUi/SubscribeButton'
import { SubscriptionOptionFields } from '../mqttUi/SubscriptionOptionFields'
import { TopicOutcome } from '../mqttUi/TopicOutcome'
import { UserPropertyRows } from '../mqttUi/UserPropertyRows'
import { SchemaMark, SchemaRowMark } from '../mqttUi/SchemaMark'
import { AlarmMark, RangMark } from '../mqttUi/WatchMarks'
import styles from './gallery.module.css'
import { Specimen, State } from './Specimen'

/** As a record, so that a new standing does not compile until it is shown. */
const standings: Readonly<Record<FilterStanding, true>> = {
  none: true,
  disabled: true,
  offline: true,
  requested: true,
  granted: true,
  downgraded: true,
  heldBack: true,
  refused: true,
}

/** One for each rule that can be broken, and one that is only unfinished. */
const wrongFilters = ['', 'plant/#/temperature', 'plant/hall+/x', '$share/', '$share/a+b/plant', 'plant/\u0000']

const nothing = () => undefined

export function MqttSpecimens() {
  return (
    <>
      <Specimen of="SubscribeButton">
        {(Object.keys(standings) as FilterStanding[]).map((standing) => (
          <State key={standing} name={standing}>
            <SubscribeButton standing={standing} filter={`plant/${standing}`} onSubscribe={nothing} />
          </State>
        ))}
      </Specimen>
      <Specimen of="FaultMark">
        <FaultMark />
      </Specimen>
      <Specimen of="KeyLogMark">
        <KeyLogMark file="/home/ada/keys.log" />
      </Specimen>
      <Specimen of="ProductionMark">
        <State name="beside a connection">
          <ProductionMark />
        </State>
      </Specimen>
      <Specimen of="AlarmMark, RangMark">
        <State name="beside a topic">
          <AlarmMark />
        </State>
        <State name="at a message">
          <RangMark />
        </State>
      </Specimen>
      <Specimen of="SchemaMark, SchemaRowMark">
        <State name="beside a topic">
          <SchemaMark text="3 messages do not conform to the JSON Schema" />
        </State>
        <State name="at a message">
          <SchemaRowMark text="Does not conform to the JSON Schema of its topic" />
        </State>
      </Specimen>
      <Specimen of="LeftoverList" layout="stack">
        <LeftoverList
          label="Not filled in"
          left={[
            { text: '-f reading.bin', why: 'file' },
            { text: '--colour', why: 'unknown' },
          ]}
        />
      </Specimen>
      <Specimen of="FilterRemarks" layout="stack">
        <FilterRemarks id="gallery-remarks" filter="plant/+/temp/" />
      </Specimen>
      <Specimen of="TopicOutcome" layout="stack">
        {['plant/line1/temp', 'plant/line1/speed', 'plant'].map((topic) => (
          <TopicOutcome key={topic} comparison={compareLevels('plant/+/temp', topic)} version="5" />
        ))}
      </Specimen>
      <Specimen of="SubscriptionOptionFields" layout="stack">
        <SubscriptionOptionsSpecimen />
      </Specimen>
      <Specimen of="UserPropertyRows" layout="stack">
        <UserPropertiesSpecimen />
      </Specimen>
      <Specimen of="QosField">
        <QosSpecimen />
      </Specimen>
      <Specimen of="FilterName" layout="stack">
        <div className={styles.line}>
          <FilterName alias="" filter="plant/+/temperature" />
        </div>
        <div className={styles.line}>
          <FilterName alias="Temperatures" filter="plant/+/temperature" />
        </div>
        <div className={styles.line}>
          <FilterName alias="An alias that is longer than its room" filter="plant/a/filter/that/is/long/too/#" />
        </div>
      </Specimen>
      <Specimen of="FilterProblemNote" layout="stack">
        {wrongFilters.map((filter) => (
          <ProblemSpecimen key={filter} filter={filter} />
        ))}
      </Specimen>
    </>
  )
}

function QosSpecimen() {
  const [qos, setQos] = useState<Qos>(1)
  return (
    <>
      {(['number', 'name', 'promise'] as const).map((wording) => (
        <QosField key={wording} label={`QoS, ${wording}`} value={qos} onChange={setQos} wording={wording} />
      ))}
    </>
  )
}

function SubscriptionOptionsSpecimen() {
  const [options, setOptions] = useState<SubscriptionOptions>({
    noLocal: true,
    retainAsPublished: false,
    retainHandling: 0,
  })
  const subscription = { filter: '$share/group/plant/#', options }
  return <SubscriptionOptionFields subscription={subscription} disabled={false} onChange={setOptions} />
}

function UserPropertiesSpecimen() {
  const [rows, setRows] = useState<[string, string][]>([
    ['unit', '°C'],
    ['unit', ''],
  ])
  return <UserPropertyRows rows={rows} problemOf={() => null} onChange={setRows} />
}

function ProblemSpecimen({ filter }: { readonly filter: string }) {
  const id = useId()
  const marked = markedProblem(filter)
  return marked ? (
    <div>
      <FilterProblemNote id={id} marked={marked} isHint={marked.unfinished} />
    </div>
  ) : null
}
