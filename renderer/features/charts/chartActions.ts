import { ChartLine, ChartNoAxesCombined } from 'lucide-react'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { printJsonPath } from '#shared/json/jsonPath'
import type { Action, Subjects } from '../../actions/action'
import { writtenNumber } from '../../model/logSearch/writtenNumber'
import { isHead } from '../../model/messageLog/payloadHead'
import { chartsState } from '../../state/charts'
import { decodedState } from '../../state/decoded'
import { numberPaths } from './numberPaths'

const charts = ({ connection }: Pick<Subjects['value'], 'connection'>) => connection.get(chartsState)

/** A field of payloads in a chart, from the oldest message of the log on. */
export const chartActions: readonly Action<'value'>[] = [
  {
    id: 'value.chart',
    on: 'value',
    label: { key: 'charts.actions.chart' },
    buttonLabel: { key: 'charts.actions.word' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: ({ kind }) => kind !== 'container',
    run: (value) => charts(value).chart(value),
  },
  {
    id: 'value.chartAlong',
    on: 'value',
    label: { key: 'charts.actions.along' },
    icon: ChartNoAxesCombined,
    contextGroup: 1,
    isShown: ({ kind }) => kind !== 'container',
    isEnabled: (value) => charts(value).charts.length > 0,
    run: (value) => charts(value).chartAlong(value),
  },
]

type Topic = Subjects['topic']

/** The same for the last value of a topic. */
export const topicChartActions: readonly Action<'topic'>[] = [
  {
    id: 'topic.chart',
    on: 'topic',
    label: { key: 'charts.actions.chart' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: (topic) => !Number.isNaN(writtenNumber(latestText(topic))),
    run: ({ connection, node }) => connection.get(chartsState).chart({ topic: node.topic, path: [] }),
  },
  {
    id: 'topic.chartField',
    on: 'topic',
    label: { key: 'charts.actions.field' },
    icon: ChartLine,
    contextGroup: 1,
    isShown: (topic) => numberPaths(latestText(topic)).length > 0,
    choicesOf: (topic) => ({
      choices: numberPaths(latestText(topic)).map(({ path, text }) => ({
        label: { key: 'charts.actions.chart' },
        code: printJsonPath(path),
        detail: text,
        run: () => topic.connection.get(chartsState).chart({ topic: topic.node.topic, path }),
      })),
    }),
  },
]

/** Longer payloads are looked at in the details. */
const longestRead = 16_384

/** As it is read: decoded where something says how. */
const latestText = ({ connection, node }: Topic): string => {
  const decoded = connection.get(decodedState).latestOf(node.topic)
  if (decoded?.status === 'decoded') return decoded.isCut ? '' : decoded.json
  const message = connection.model.log.latestOf(node.topic)
  return message && !isHead(message) && message.payload.length <= longestRead ? decodeUtf8(message.payload) : ''
}
