import { useState } from 'react'
import type { AppError } from '#shared/result'
import type { App } from '../../state/app'
import { connectionInView } from '../../state/connections'
import { environmentsState } from '../../state/environments'
import { profilesState, selectEntry } from '../../state/profiles'
import { useApp, useAppObject } from '../../state/useApp'
import {
  formOf,
  newVariable,
  problemsIn,
  typedFrom,
  type EnvironmentsForm,
  type FormEnvironment,
  type FormProblems,
  type FormVariable,
} from './environmentsForm'

export interface EnvironmentsFormState {
  readonly form: EnvironmentsForm
  /** The one whose variables are shown; undefined = there is none. */
  readonly shown: FormEnvironment | undefined
  readonly isChanged: boolean
  /** What is only missing is not wrong while nobody has tried to save. */
  readonly problems: FormProblems
  readonly error: AppError | null
  show(id: string): void
  put(form: EnvironmentsForm): void
  /** Adds one behind the one that is shown, and shows it. */
  add(environment: FormEnvironment): void
  /** The one next to it is shown. */
  remove(id: string): void
  change(environment: FormEnvironment): void
  changeVariable(variable: FormVariable): void
  addVariable(): void
  removeVariable(id: string): void
  /** Answers the form if nothing is wrong with it; else what is wrong comes into sight. */
  checked(): EnvironmentsForm | null
  save(): Promise<void>
}

/** The environments as they are being typed, until they are saved. */
export const useEnvironmentsForm = (): EnvironmentsFormState => {
  const app = useAppObject()
  const [first] = useState(() => formOf(app.get(environmentsState).all))
  const [form, setForm] = useState(first)
  const [shownId, setShownId] = useState(() => firstShownIn(app))
  const { endEdit, save } = useApp(environmentsState, (state) => state)
  const [tried, setTried] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const shown = form.find(({ id }) => id === shownId) ?? form[0]
  const all = problemsIn(form)

  const change = (changed: FormEnvironment) => setForm(form.map((one) => (one.id === changed.id ? changed : one)))
  const changeVariables = (variables: readonly FormVariable[]) => {
    if (shown) change({ ...shown, variables })
  }
  const checked = () => {
    setTried(true)
    const wrong = form.find(({ id, variables }) => all.has(id) || variables.some((one) => all.has(one.id)))
    if (!wrong) return form
    setShownId(wrong.id)
    return null
  }
  return {
    form,
    shown,
    isChanged: form !== first,
    problems: tried ? all : new Map([...all].filter(([, problem]) => problem !== 'required')),
    error,
    show: setShownId,
    put: setForm,
    add: (added) => {
      const place = shown ? form.indexOf(shown) + 1 : form.length
      setForm(form.toSpliced(place, 0, added))
      setShownId(added.id)
    },
    remove: (id) => {
      const place = form.findIndex((one) => one.id === id)
      setForm(form.toSpliced(place, 1))
      setShownId((form[place + 1] ?? form[place - 1])?.id ?? '')
    },
    change,
    changeVariable: (changed) =>
      changeVariables((shown?.variables ?? []).map((one) => (one.id === changed.id ? changed : one))),
    addVariable: () => changeVariables([...(shown?.variables ?? []), newVariable()]),
    removeVariable: (id) => changeVariables((shown?.variables ?? []).filter((one) => one.id !== id)),
    checked,
    save: async () => {
      const right = checked()
      if (!right) return
      const failure = await save(typedFrom(right))
      setError(failure)
      if (!failure) endEdit()
    },
  }
}

/** The one that is in use where one works. */
const firstShownIn = (app: App): string => {
  const id = connectionInView(app)?.id ?? ''
  return selectEntry(id)(app.get(profilesState))?.profile.environmentId ?? ''
}
