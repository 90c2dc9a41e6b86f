import type { ResponderKey, ResponderRule, ResponderStatus } from '#shared/model/responder'
import type { AppError } from '#shared/result'
import { defineAppState } from '../../../state/app'
import { noticesState } from '../../../state/notices'

/** The rules by which requests are answered, of all connections, and what they do. */
export interface RespondersState {
  readonly rules: readonly ResponderRule[]
  /** Of those that were on in this run. */
  readonly statuses: readonly ResponderStatus[]
  /** Adds it at the end, or puts it in the place of the one with its id, which is switched off. */
  put(rule: ResponderRule): void
  remove(ruleId: string): void
  switch(key: ResponderKey, isOn: boolean): void
  receive(status: ResponderStatus): void
}

export const respondersState = defineAppState<RespondersState>('responders', ({ owner: app, get, set }) => {
  const showFailure = (error: AppError) => app.get(noticesState).showError(error)
  const keep = (rules: readonly ResponderRule[]) => {
    set({ rules })
    void app.api.invoke('responder.save', [...rules]).then((saved) => {
      if (!saved.ok) showFailure(saved.error)
    })
  }
  return {
    rules: app.snapshot.responderRules,
    statuses: app.snapshot.responders,
    put: (rule) => {
      const { rules } = get()
      const isKnown = rules.some(({ id }) => id === rule.id)
      keep(isKnown ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule])
    },
    remove: (ruleId) => keep(get().rules.filter(({ id }) => id !== ruleId)),
    switch: (key, isOn) =>
      void app.api.invoke('responder.switch', { ...key, isOn }).then((switched) => {
        if (!switched.ok) showFailure(switched.error)
      }),
    receive: (status) =>
      set(({ statuses }) => ({ statuses: [...statuses.filter(({ ruleId }) => ruleId !== status.ruleId), status] })),
  }
})

/** What a rule does; undefined = it was not on in this run. */
export const selectResponder =
  (ruleId: string) =>
  ({ statuses }: RespondersState): ResponderStatus | undefined =>
    statuses.find((one) => one.ruleId === ruleId)
