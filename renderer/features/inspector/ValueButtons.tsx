import { isShown, labelOf, type ValueSubject } from '../../actions/action'
import { useActions } from '../../actions/useActions'
import { usePhrase } from '../../i18n/usePhrase'
import styles from './valueButtons.module.css'

/** What a chosen value offers beside it, in as few words as there is room for. */
export function ValueButtons({ value }: { readonly value: ValueSubject }) {
  const actions = useActions('value')
  const textOf = usePhrase()
  return (
    <span className={styles.buttons}>
      {actions.map((action) => {
        if (!('run' in action) || action.buttonLabel === undefined || !isShown(action, value)) return null
        const { id, buttonLabel, run } = action
        const label = textOf(labelOf(action, value))
        const word = textOf(typeof buttonLabel === 'function' ? buttonLabel(value) : buttonLabel)
        return (
          <button key={id} type="button" aria-label={label} title={label} data-word={word} onClick={() => run(value)} />
        )
      })}
    </span>
  )
}
