import { printJsonPath } from '#shared/json/jsonPath'
import type { SeriesRequest } from '../../model/logSearch/searchProtocol'

/** `plant/1 $.celsius`; of a payload as a whole the topic alone. */
export const seriesName = ({ topic, path }: SeriesRequest): string =>
  path.length === 0 ? topic : `${topic} ${printJsonPath(path)}`
