import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  namingSchemes,
  recognisedSchemes,
  type NamingScheme,
  type PresetRule,
} from '#shared/namingSchemes/namingSchemes'
import { visibleName } from '#shared/text/visibleText'
import { noticesState } from '../../state/notices'
import { payloadRulesState, useRulesHere } from '../../state/payloadRules'
import { useApp, useAppObject } from '../../state/useApp'
import { useConnectionModel, useConnectionObject } from '../../state/useConnection'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import styles from './schemas.module.css'

interface Preset {
  readonly scheme: NamingScheme
  readonly rules: readonly PresetRule[]
}

/** Topics that are looked at, so that the dialog opens at once; a scheme that is in use is among the first. */
const mostTopics = 20_000

/** Rules that naming schemes propose: first those whose topics were seen on the connection. */
export function PresetsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('schemas.presets')
  const { tree } = useConnectionModel()
  const [recognised] = useState(() => {
    const topics = tree.topics().slice(0, mostTopics)
    return recognisedSchemes(topics.map(({ topic }) => topic))
  })
  const others = namingSchemes
    .filter((scheme) => !recognised.some((one) => one.scheme === scheme))
    .map((scheme) => ({ scheme, rules: scheme.rulesFor(scheme.usualBase) }))
  return (
    <Dialog
      title={t('title')}
      open
      onClose={onClose}
      size="large"
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className={styles.presets}>
        <Presets title={t('recognised')} presets={recognised} />
        <Presets title={t('others')} presets={others} />
      </div>
    </Dialog>
  )
}

function Presets({ title, presets }: { readonly title: string; readonly presets: readonly Preset[] }) {
  const headId = useId()
  if (presets.length === 0) return null
  return (
    <section aria-labelledby={headId}>
      <h3 id={headId} className={styles.head}>
        {title}
      </h3>
      <div role="list" aria-labelledby={headId}>
        {presets.map((preset) => (
          <PresetRow key={preset.scheme.id} {...preset} />
        ))}
      </div>
    </section>
  )
}

/** What a scheme adds, and a button that adds what is not there yet. */
function PresetRow({ scheme, rules }: Preset) {
  const t = useTranslations('schemas.presets')
  const add = useAddPreset()
  const here = useRulesHere()
  const missing = rules.filter(
    ({ filter, decoder }) => !here.some((rule) => rule.filter === filter && rule.decoder === decoder),
  )
  return (
    <div role="listitem" aria-label={scheme.name} className={styles.preset} data-scheme={scheme.id}>
      <div className={styles.presetRules}>
        <strong>{scheme.name}</strong>
        <span>
          {rules.map(({ filter, decoder }) => t('rule', { filter: visibleName(filter), decoder })).join(' · ')}
        </span>
      </div>
      <Button
        disabled={missing.length === 0}
        aria-label={t('add', { name: scheme.name })}
        onClick={() => add(scheme.name, missing)}
      >
        {missing.length === 0 ? t('present') : t('add', { name: scheme.name })}
      </Button>
    </div>
  )
}

/** Puts rules behind those of the connection, which come first as before; a notice takes them back. */
const useAddPreset = () => {
  const app = useAppObject()
  const { id: connectionId } = useConnectionObject()
  const keep = useApp(payloadRulesState, (state) => state.keep)
  return (name: string, missing: readonly PresetRule[]) => {
    const added = missing.map((rule) => ({ ...rule, id: crypto.randomUUID(), connectionId }))
    const ids: ReadonlySet<string> = new Set(added.map(({ id }) => id))
    const current = () => app.get(payloadRulesState).rules
    keep([...current(), ...added])
    app.get(noticesState).show({
      text: { key: 'schemas.presets.added', values: { count: added.length, name } },
      action: { label: { key: 'publish.undo' }, run: () => keep(current().filter(({ id }) => !ids.has(id))) },
    })
  }
}
