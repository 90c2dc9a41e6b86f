import { FileClock } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslations } from 'use-intl'
import { useEntry } from '../../state/useEntry'
import { EmptyState } from '../../ui/EmptyState'

/** A view of what is done with a broker: of a recording that was opened it says that there is none. */
export const onBroker = (View: ComponentType): ComponentType =>
  function OnBroker() {
    const t = useTranslations('recordings')
    const isRecording = useEntry()?.profile.kind === 'recording'
    if (!isRecording) return <View />
    return (
      <EmptyState icon={<FileClock size={24} strokeWidth={1.2} />} title={t('noBroker')}>
        {t('noBrokerText')}
      </EmptyState>
    )
  }
