import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'
import { classes } from './classes'
import styles from './controls.module.css'

interface FieldProps {
  readonly label: string
  readonly error?: string | null | undefined
  /** It may be kept as it is, and a broker may not take it. */
  readonly warning?: string | null | undefined
  readonly hint?: ReactNode
  readonly hideLabel?: boolean | undefined
}

interface FrameProps extends FieldProps {
  readonly id: string
  readonly children: ReactNode
}

type NativeInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'>

export interface TextFieldProps extends FieldProps, NativeInputProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly mono?: boolean
  /** Stands inside the field's row, behind the input. */
  readonly suffix?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, error, warning, hint, hideLabel, mono, suffix, inputRef, className, ...rest } = props
  const id = useId()
  return (
    <FieldFrame id={id} {...{ label, error, warning, hint, hideLabel }}>
      <div className={styles.inputRow}>
        <input
          id={id}
          ref={inputRef}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          className={classes(styles.input, mono && 'mono', className)}
          {...noteProps(id, props)}
          {...rest}
        />
        {suffix}
      </div>
    </FieldFrame>
  )
}

export interface SelectFieldProps<Value extends string> extends FieldProps {
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly disabled?: boolean
}

/** The system's own select: the best keyboard and screen-reader behaviour there is. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { label, value, onChange, options, error, hint, hideLabel, disabled } = props
  const id = useId()
  return (
    <FieldFrame id={id} {...{ label, error, hint, hideLabel }}>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as Value)}
        className={styles.select}
        {...noteProps(id, props)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}

export interface CheckFieldProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly hint?: ReactNode
  readonly title?: string
  readonly disabled?: boolean
  /** Where a form finds the control: the dotted path of its field. */
  readonly path?: string
}

export function CheckField({ label, checked, onChange, hint, title, disabled, path }: CheckFieldProps) {
  const id = useId()
  return (
    <div className={styles.checkField} title={title}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        data-path={path}
        {...(hint ? { 'aria-describedby': `${id}-note` } : {})}
      />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-note`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** Label above, error or hint below: the one frame all fields stand in. */
function FieldFrame({ id, label, error, warning, hint, hideLabel, children }: FrameProps) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-note`} role="alert" className={styles.error}>
          {error}
        </p>
      ) : warning ? (
        <p id={`${id}-note`} role="status" className={styles.warning}>
          {warning}
        </p>
      ) : hint ? (
        <p id={`${id}-note`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
    </div>
  )
}

const noteProps = (id: string, { error, warning, hint }: FieldProps) => ({
  ...(error || warning || hint ? { 'aria-describedby': `${id}-note` } : {}),
  ...(error ? { 'aria-invalid': true as const } : {}),
})
