import { useEffect, useState } from 'react'
import type { Looked } from '../../model/logExport/exportThread'
import type { ExportChoice } from '../../state/exportedRows'
import { messagesOrder } from '../../state/messageExport'
import { useConnectionObject } from '../../state/useConnection'

/** A person who types a filter has paused. */
const pauseMs = 150

interface KnownLook {
  readonly choice: ExportChoice
  readonly decoded: boolean
  readonly answer: Looked
}

/** How many messages are meant and the first of them, as the log is now; null = it is not known yet. The same choice is the same object. */
export const useLooked = (choice: ExportChoice | null, decoded: boolean): Looked | null => {
  const connection = useConnectionObject()
  const [looked, setLooked] = useState<KnownLook | null>(null)
  useEffect(() => {
    if (!choice) return undefined
    let isWanted = true
    let stop: () => void = () => undefined
    const begin = () => {
      const { order, letGo } = messagesOrder(connection, { choice, decoded })
      const thread = connection.app.startExportThread()
      stop = () => {
        thread.end()
        letGo()
      }
      const tell = (answer: Looked) => {
        if (isWanted) setLooked({ choice, decoded, answer })
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
  }, [connection, choice, decoded])
  return looked && looked.choice === choice && looked.decoded === decoded ? looked.answer : null
}
