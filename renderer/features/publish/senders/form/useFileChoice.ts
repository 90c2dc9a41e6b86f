import type { PayloadFile } from '#shared/model/publish'
import type { AppError } from '#shared/result'
import { useAppObject } from '../../../../state/useApp'
import { senderPlansState } from '../senderPlansState'

/** Opens the system's dialog and hands on the file that was chosen; answers why there is none. */
export const useFileChoice = (onChosen: (file: PayloadFile) => void): (() => Promise<AppError | null>) => {
  const app = useAppObject()
  return async () => {
    const result = await app.api.invoke('payloadFile.choose', undefined)
    if (!result.ok) return result.error
    if (!result.value) return null
    app.get(senderPlansState).noteFile(result.value)
    onChosen(result.value)
    return null
  }
}
