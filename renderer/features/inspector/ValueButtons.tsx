import { isShown, labelOf, type ValueSubject } from '../../actions/action'
import { useActions } from '../../actions/useActions'
import { usePhrase } from '../../i18n/usePhrase'
import styles from './valueButtons.module.css'

interface ValueButtonsProps {
  readonly value: ValueSubject
  /** Where there is room for one alone: the id of its action. */
  readonly only?: string
}

/** What a chosen value offers beside it, in as few words as there is room for. */
export function ValueButtons({ value, only }: ValueButtonsProps) {
  const actions = useActions('value')
  const textOf = usePhrase()
  return (
    <span className={styles.buttons}>
      {actions.map((action) => {
        if (!('run' in action) || action.buttonLabel === undefined || !isShown(action, value)) return null
        const { id, buttonLabel, run } = action
        if (only !== undefined && id !== only) return null
        const label = textOf(labelOf(action, value))
        const word = textOf(typeof buttonLabel === 'function' ? buttonLabel(value) : buttonLabel)
        return (
          <button key={id} type="button" aria-label={label} title={label} data-word={word} onClick={() => run(value)} />
        )
      })}
    </span>
  )
}
