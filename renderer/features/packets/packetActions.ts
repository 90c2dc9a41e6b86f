import { ListTree } from 'lucide-react'
import type { Action, AnyAction } from '../../actions/action'
import { focusState } from '../../state/focus'
import { noticesState } from '../../state/notices'
import { packetSourceState } from '../../state/packetSource'
import { packetsState } from './packetsState'

const showPackets: Action<'message'> = {
  id: 'message.showPackets',
  on: 'message',
  label: { key: 'packets.showPackets' },
  icon: ListTree,
  contextGroup: 3,
  run: ({ connection, message: { sequence, outgoing, topic, time } }) => {
    const { app, id: connectionId } = connection
    connection.get(packetSourceState).show('session')
    // Before the menu gives the focus back to the list.
    app.get(focusState).focus('packets')
    const place = { connectionId, sequence, isOutgoing: outgoing, topic, time }
    void app.api.invoke('packets.ofMessage', place).then(async (found) => {
      const notices = app.get(noticesState)
      if (!found.ok) notices.showError(found.error)
      else if (found.value === null) notices.show({ text: { key: 'packets.notKept' } })
      else {
        await connection.get(packetsState).refresh()
        connection.get(packetsState).show(found.value)
      }
    })
  },
}

export const packetActions: readonly AnyAction[] = [showPackets]
