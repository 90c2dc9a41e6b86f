import { subscriptionsState } from '../../state/subscriptions'
import { useConnection } from '../../state/useConnection'
import { useSubscriptionList } from '../../state/useSubscriptions'
import { SubscriptionDialog } from './SubscriptionDialog'

/** Edits the subscription that a view other than the pane asks for; stands inside that view. */
export function SubscriptionEditor() {
  const editedId = useConnection(subscriptionsState, (state) => state.editedId)
  const endEdit = useConnection(subscriptionsState, (state) => state.endEdit)
  const list = useSubscriptionList()
  const edited = list.find(({ subscription }) => subscription.id === editedId)?.subscription
  if (!edited) return null
  return <SubscriptionDialog key={edited.id} subscription={edited} list={list} onClose={endEdit} />
}
