import { useId, useState, type SubmitEvent } from 'react'
import { useTranslations } from 'use-intl'
import { farewellCodes, farewellSchema, plainFarewell } from '#shared/model/farewell'
import { reasonText } from '#shared/mqtt/reasonCode'
import { UserPropertyRows } from '../../../mqttUi/UserPropertyRows'
import type { Connection } from '../../../state/app'
import { selectSessionState, sessionState } from '../../../state/session'
import { useApp } from '../../../state/useApp'
import { Button } from '../../../ui/Button'
import { Dialog } from '../../../ui/Dialog'
import { SelectField, TextField } from '../../../ui/fields'
import { farewellState } from './farewellState'
import styles from './farewell.module.css'

/** Asks how a connection is to end: with which DISCONNECT, or with none. */
export function FarewellDialog() {
  const connection = useApp(farewellState, (state) => state.connection)
  return connection ? <OpenDialog key={connection.id} connection={connection} /> : null
}

interface Typed {
  /** A reason code, or `drop`. */
  readonly way: string
  readonly reasonString: string
  readonly sessionExpiry: string
  readonly userProperties: [string, string][]
}

const nothingTyped: Typed = { way: '0', reasonString: '', sessionExpiry: '', userProperties: [] }

/** What was typed as a farewell, checked as main checks it. */
const farewellOf = ({ way, reasonString, sessionExpiry, userProperties }: Typed) =>
  farewellSchema.safeParse(
    way === 'drop'
      ? { kind: 'drop' }
      : {
          ...plainFarewell,
          reasonCode: Number(way),
          reasonString,
          sessionExpirySeconds: sessionExpiry.trim() === '' ? null : Number(sessionExpiry),
          userProperties,
        },
  )

function OpenDialog({ connection }: { readonly connection: Connection }) {
  const t = useTranslations('connections.farewell')
  const close = useApp(farewellState, (state) => state.close)
  const formId = useId()
  const [typed, setTyped] = useState(nothingTyped)
  const change = (changed: Partial<Typed>) => setTyped((before) => ({ ...before, ...changed }))
  const state = selectSessionState(connection.get(sessionState))
  const isMqtt5 = state.phase === 'online' && state.protocolVersion === '5'
  const farewell = farewellOf(typed)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!farewell.success) return
    void connection.get(sessionState).disconnect(farewell.data)
    close()
  }
  const isWrong = (field: string) => farewell.error?.issues.some(({ path }) => path[0] === field) === true
  const footer = (
    <>
      <Button onClick={close}>{t('cancel')}</Button>
      <Button variant="primary" type="submit" form={formId} disabled={!farewell.success}>
        {t('end')}
      </Button>
    </>
  )
  return (
    <Dialog title={t('title')} open onClose={close} footer={footer}>
      <form id={formId} className={styles.form} onSubmit={submit}>
        <SelectField
          label={t('way')}
          value={typed.way}
          options={waysFor(isMqtt5).map((way) => ({
            value: way,
            label: way === 'drop' ? t('drop') : reasonText('disconnect', Number(way)),
          }))}
          hint={t(typed.way === '0' ? 'withoutWill' : 'withWill')}
          onChange={(way) => change({ way })}
        />
        {isMqtt5 && typed.way !== 'drop' ? (
          <>
            <TextField
              label={t('reasonString')}
              value={typed.reasonString}
              error={isWrong('reasonString') ? t('tooLong') : null}
              onChange={(reasonString) => change({ reasonString })}
            />
            <TextField
              label={t('sessionExpiry')}
              value={typed.sessionExpiry}
              inputMode="numeric"
              hint={t('sessionExpiryHint')}
              error={isWrong('sessionExpirySeconds') ? t('wholeSeconds') : null}
              onChange={(sessionExpiry) => change({ sessionExpiry })}
            />
            <UserPropertyRows
              rows={typed.userProperties}
              problemOf={() => null}
              onChange={(userProperties) => change({ userProperties })}
            />
          </>
        ) : null}
      </form>
    </Dialog>
  )
}

/** Before MQTT 5 a DISCONNECT says nothing (3.1.1 §3.14). */
const waysFor = (isMqtt5: boolean): readonly string[] => [...(isMqtt5 ? farewellCodes.map(String) : ['0']), 'drop']
