import type { SenderPlan } from '#shared/model/sender'
import type { AppError, Result } from '#shared/result'
import { messagesOf } from '../../../model/senderPlan'
import type { Connection } from '../../../state/app'
import { dialogsState } from '../../../state/dialogs'
import { noticesState } from '../../../state/notices'
import { profilesState, selectEntry } from '../../../state/profiles'
import { sendersState } from '../../../state/senders'
import { latestNamedIn } from '../templates/templateRequest'

/**
 * Starts what a plan says on a connection. Where others depend on that connection, a person is asked first. Why it does not run is
 * told to the caller, or else to the person.
 */
export const startPlan = (connection: Connection, plan: SenderPlan, tell?: (error: AppError) => void): void => {
  if (isProduction(connection)) connection.app.get(dialogsState).show(connection, { kind: 'startSender', plan })
  else
    void runPlan(connection, plan).then((result) => {
      if (result.ok) return
      if (tell) tell(result.error)
      else connection.app.get(noticesState).showError(result.error)
    })
}

/** Starts it unasked; answers why it does not run. */
export const runPlan = (connection: Connection, plan: SenderPlan): Promise<Result<null>> => {
  const latest = latestNamedIn(connection, messagesOf(plan.source))
  return connection.app.get(sendersState).start({ connectionId: connection.id, plan, latest })
}

/** Whether a person said of a connection that others depend on what is sent to it. */
export const isProduction = ({ app, id }: Connection): boolean =>
  selectEntry(id)(app.get(profilesState))?.profile.production === true
