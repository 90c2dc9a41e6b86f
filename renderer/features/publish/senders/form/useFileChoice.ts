import type { PayloadFile } from '#shared/model/publish'
import type { AppError, Result } from '#shared/result'
import { useAppObject } from '../../../../state/useApp'
import { senderPlansState } from '../senderPlansState'

/** Each hands on the file; answers why there is none. */
export interface FileChoice {
  /** Opens the system's dialog. */
  choose(): Promise<AppError | null>
  /** Of the file that was dropped last. One without a path cannot be read when it is sent, and is none. */
  takeDropped(): Promise<AppError | null>
}

export const useFileChoice = (onChosen: (file: PayloadFile) => void): FileChoice => {
  const { api, get } = useAppObject()
  const take = (result: Result<PayloadFile | null>): AppError | null => {
    if (!result.ok) return result.error
    if (!result.value) return null
    get(senderPlansState).noteFile(result.value)
    onChosen(result.value)
    return null
  }
  return {
    choose: async () => take(await api.invoke('payloadFile.choose', undefined)),
    takeDropped: async () => take(await api.droppedFile()),
  }
}
