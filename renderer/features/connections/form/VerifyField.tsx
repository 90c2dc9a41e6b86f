import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { CheckField } from '../../../ui/fields'
import type { DraftForm } from './draftForm'
import styles from './profileForm.module.css'

/** Says what it means for as long as it is off. */
export function VerifyField({ form }: { readonly form: DraftForm }) {
  const t = useTranslations('profile')
  const { verify } = form.draft.profile.tls
  return (
    <>
      <CheckField
        label={t('fields.verify')}
        checked={verify}
        onChange={(checked) => form.setValue('tls.verify', checked)}
        path="tls.verify"
      />
      {verify ? null : (
        <p className={styles.warning}>
          <TriangleAlert size={14} aria-hidden />
          {t('verifyOff')}
        </p>
      )}
    </>
  )
}
