import { useTranslations } from 'use-intl'
import { doctorLimits, type DoctorPlan } from '#shared/model/doctor'
import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'
import { visibleText } from '#shared/text/visibleText'
import { useApp } from '../../../state/useApp'
import { CheckField } from '../../../ui/fields'
import styles from './doctor.module.css'
import { doctorState } from './doctorState'

interface PlanProps {
  readonly plan: DoctorPlan
  readonly profile: Profile
}

const credentialsOf = ({ hasUsername, password }: DoctorPlan): string => {
  if (!hasUsername) return password === 'sent' ? 'password' : 'none'
  return password === 'sent' ? 'both' : 'name'
}

/** Everything a diagnosis would send, before it does, and what of it can be chosen. */
export function DoctorPlanText({ plan, profile }: PlanProps) {
  const t = useTranslations('doctor')
  const choices = useApp(doctorState, (state) => state.choices)
  const choose = useApp(doctorState, (state) => state.choose)
  const clientId = choices.usesSettingsId ? plan.settingsClientId : plan.clientId
  const { host, port, scheme } = profile
  return (
    <section aria-label={t('plan.title')} className={styles.plan}>
      <h3>{t('plan.title')}</h3>
      <ul>
        <li>{t('plan.dial', { host: visibleText(host), port: String(port) })}</li>
        {usesTls(scheme) ? <li>{t('plan.tls')}</li> : null}
        {usesWebSocket(scheme) ? <li>{t('plan.webSocket')}</li> : null}
        <li>
          {t('plan.connect', { clientId: visibleText(clientId), credentials: credentialsOf(plan) })}{' '}
          {choices.usesSettingsId ? null : t('plan.ownId')}{' '}
          {plan.password === 'unknown' ? t('plan.passwordUnknown') : null}
        </li>
        {choices.subscribes && plan.filters.length > 0 ? (
          <li>{t('plan.subscribe', { count: plan.filters.length })}</li>
        ) : null}
        <li>{t('plan.end')}</li>
        {choices.triesOtherWays ? <li>{t('plan.otherWays', { count: doctorLimits.otherWays })}</li> : null}
      </ul>
      <div className={styles.choices}>
        {plan.filters.length > 0 ? (
          <CheckField
            label={t('choices.subscribes', { count: plan.filters.length })}
            hint={t('choices.subscribesHint', { leftOut: plan.filtersLeftOut })}
            checked={choices.subscribes}
            onChange={(subscribes) => choose({ subscribes })}
          />
        ) : null}
        <CheckField
          label={t('choices.otherWays')}
          checked={choices.triesOtherWays}
          onChange={(triesOtherWays) => choose({ triesOtherWays })}
        />
        {plan.settingsClientId === '' ? null : (
          <CheckField
            label={t('choices.settingsId', { clientId: visibleText(plan.settingsClientId) })}
            hint={t('choices.settingsIdHint')}
            checked={choices.usesSettingsId}
            onChange={(usesSettingsId) => choose({ usesSettingsId })}
          />
        )}
      </div>
    </section>
  )
}
