import { useApp } from '../../store/useApp'
import { SubscriptionDialog } from './SubscriptionDialog'
import { selectSubscriptions } from './subscriptionSelectors'

interface EditorProps {
  readonly connectionId: string
  readonly subscriptionId: string
}

function Editor({ connectionId, subscriptionId }: EditorProps) {
  const list = useApp(selectSubscriptions(connectionId))
  const end = useApp((state) => state.endSubscriptionEdit)
  const edited = list.find(({ subscription }) => subscription.id === subscriptionId)?.subscription
  if (!edited) return null
  return <SubscriptionDialog connectionId={connectionId} subscription={edited} list={list} onClose={end} />
}

/** Edits the subscription that a view other than the pane asks for; stands inside that view. */
export function SubscriptionEditor() {
  const edited = useApp((state) => state.editedSubscription)
  return edited ? <Editor key={edited.subscriptionId} {...edited} /> : null
}
