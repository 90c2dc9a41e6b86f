import { useEffect, useState } from 'react'
import type { Looked } from '../../model/logExport/exportThread'
import type { ExportChoice } from '../../state/exportedRows'
import { messagesOrder } from '../../state/messageExport'
import { useConnectionObject } from '../../state/useConnection'

/** A person who types a filter has paused. */
const pauseMs = 150

/** How many messages are meant and the first of them, as the log is now; null = it is not known yet. */
export const useLooked = (choice: ExportChoice | null, decoded: boolean): Looked | null => {
  const connection = useConnectionObject()
  const [looked, setLooked] = useState<{ readonly key: string; readonly answer: Looked } | null>(null)
  const key = choice ? `${JSON.stringify(choice)} ${decoded}` : ''
  useEffect(() => {
    if (!choice) return undefined
    let isWanted = true
    let stop = () => undefined as void
    const begin = () => {
      const { order, letGo } = messagesOrder(connection, { choice, decoded })
      const thread = connection.app.startExportThread()
      stop = () => {
        thread.end()
        letGo()
      }
      const tell = (answer: Looked) => {
        if (isWanted) setLooked({ key, answer })
      }
      // One that fails has no message to show, and the export says why.
      thread.look(order).then(tell, () => tell({ count: 0, first: null }))
    }
    const timer = setTimeout(begin, choice.kind === 'topics' ? pauseMs : 0)
    return () => {
      isWanted = false
      clearTimeout(timer)
      stop()
    }
    // The key says all of the choice.
  }, [connection, key])
  return looked?.key === key ? looked.answer : null
}
