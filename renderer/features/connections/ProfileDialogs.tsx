import { DoctorDialog } from './doctor/DoctorDialog'
import { ChallengeDialog } from './authentication/ChallengeDialog'
import { FarewellDialog } from './farewell/FarewellDialog'
import { ProfileForm } from './form/ProfileForm'
import { MoveToFolderDialog } from './list/MoveToFolderDialog'
import { PassphraseDialog } from './signIn/PassphraseDialog'
import { PasswordDialog } from './signIn/PasswordDialog'

/** The dialogs about connections as such, whether their list is open or not. */
export function ProfileDialogs() {
  return (
    <>
      <ProfileForm />
      <PasswordDialog />
      <PassphraseDialog />
      <MoveToFolderDialog />
      <FarewellDialog />
      <DoctorDialog />
      <ChallengeDialog />
    </>
  )
}
