import type { Chart } from '#shared/model/chart'
import type { AppliedImport } from '#shared/model/importPlan'
import type { App } from '../../state/app'
import { chartsState } from '../../state/charts'
import { connectionsState } from '../../state/connections'
import { payloadRulesState } from '../../state/payloadRules'
import { settingsState } from '../../state/settings'

type Brought = Pick<AppliedImport, 'charts' | 'rules'>

/** What of an import is the window's: charts and rules of payloads. Answers how they become what they were. */
export const putInPlace = (app: App, { charts, rules }: Brought): (() => Promise<void>) => {
  const undoRules = putRules(app, rules)
  const chartsBefore = charts.map(({ connectionId }) => ({
    connectionId,
    charts: app.get(settingsState).settings.charts[connectionId] ?? [],
  }))
  for (const one of charts) void putCharts(app, one)
  return async () => {
    undoRules()
    for (const one of chartsBefore) await putCharts(app, one)
  }
}

/** Those that are there are replaced; new ones are asked first, because a broader one would take their topics. */
const putRules = (app: App, rules: Brought['rules']): (() => void) => {
  if (rules.length === 0) return () => undefined
  const ids = new Set(rules.map(({ id }) => id))
  const others = () => app.get(payloadRulesState).rules.filter(({ id }) => !ids.has(id))
  const before = app.get(payloadRulesState).rules.filter(({ id }) => ids.has(id))
  app.get(payloadRulesState).keep([...rules, ...others()])
  return () => app.get(payloadRulesState).keep([...before, ...others()])
}

const putCharts = async (
  app: App,
  { connectionId, charts }: { readonly connectionId: string; readonly charts: readonly Chart[] },
): Promise<void> => {
  const connection = app.get(connectionsState).all.get(connectionId)
  if (connection) {
    connection.get(chartsState).replace(charts)
    return
  }
  const { settings, save } = app.get(settingsState)
  const { [connectionId]: _before, ...others } = settings.charts
  await save({ charts: charts.length > 0 ? { ...others, [connectionId]: [...charts] } : others })
}
