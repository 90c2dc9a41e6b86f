import { Eye, EyeOff, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { environmentLimits, secretDots } from '#shared/model/environment'
import { visibleName } from '#shared/text/visibleText'
import { TextField } from '../../ui/fields'
import { IconButton } from '../../ui/IconButton'
import styles from './environments.module.css'
import type { FormVariable } from './environmentsForm'

interface RowProps {
  /** From 1; says which one it is while it has no name. */
  readonly number: number
  readonly variable: FormVariable
  readonly problem: string | null
  readonly onChange: (variable: FormVariable) => void
  readonly onRemove: () => void
}

/** A variable: its name, its value, and whether that is a secret. */
export function VariableRow({ number, variable, problem, onChange, onRemove }: RowProps) {
  const t = useTranslations('environments')
  const { name, secret } = variable
  const shownName = name === '' ? t('variableNumber', { number }) : visibleName(name)
  return (
    <tr data-variable={name}>
      <td>
        <TextField
          label={t('nameOf', { number })}
          hideLabel
          mono
          value={name}
          maxLength={environmentLimits.variableName}
          // A row that was added is to be written in.
          autoFocus={name === '' && variable.typed === '' && number > 1}
          error={problem}
          onChange={(changed) => onChange({ ...variable, name: changed })}
        />
      </td>
      <td>
        <ValueField name={shownName} variable={variable} onChange={onChange} />
      </td>
      <td className={styles.secret}>
        <input
          type="checkbox"
          aria-label={t('isSecret', { name: shownName })}
          checked={secret}
          onChange={() => onChange({ ...variable, secret: !secret })}
        />
      </td>
      <td>
        <IconButton label={t('removeVariable', { name: shownName })} icon={<X size={14} />} onClick={onRemove} />
      </td>
    </tr>
  )
}

interface ValueProps extends Pick<RowProps, 'variable' | 'onChange'> {
  readonly name: string
}

/** A secret that is kept is never shown again: dots say that there is one, and typing replaces it. */
function ValueField({ name, variable, onChange }: ValueProps) {
  const t = useTranslations('environments')
  const [revealed, setRevealed] = useState(false)
  const { secret, typed, keeping } = variable
  const isHeld = keeping !== 'none' && typed === ''
  const isUnreadable = secret && isHeld && keeping === 'unreadable'
  return (
    <TextField
      label={t('valueOf', { name })}
      hideLabel
      mono
      type={secret && !revealed ? 'password' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      value={typed}
      maxLength={environmentLimits.value}
      placeholder={secret && isHeld && !isUnreadable ? secretDots : ''}
      title={secret && isHeld ? t(`keeping.${keeping}`) : undefined}
      error={isUnreadable ? t('keeping.unreadable') : null}
      warning={!secret && isHeld ? t('notShown') : null}
      onChange={(changed) => onChange({ ...variable, typed: changed })}
      suffix={
        secret && typed !== '' ? (
          <IconButton
            label={t(revealed ? 'hide' : 'reveal')}
            icon={revealed ? <EyeOff size={14} /> : <Eye size={14} />}
            onClick={() => setRevealed(!revealed)}
          />
        ) : null
      }
    />
  )
}
