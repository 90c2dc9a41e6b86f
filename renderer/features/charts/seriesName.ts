import { printJsonPath } from '#shared/json/jsonPath'
import type { ChartField } from '../../state/charts'
import { profilesState, selectEntry } from '../../state/profiles'
import { useAppObject } from '../../state/useApp'

/** `plant/1 $.celsius`; of a payload as a whole the topic alone. One of another connection begins with that one's name. */
export const useSeriesName = (): ((field: ChartField) => string) => {
  const app = useAppObject()
  return ({ topic, path, connectionId }) => {
    const name = path.length === 0 ? topic : `${topic} ${printJsonPath(path)}`
    if (connectionId === undefined) return name
    return `${selectEntry(connectionId)(app.get(profilesState))?.profile.name ?? '?'}: ${name}`
  }
}
