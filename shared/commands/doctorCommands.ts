import { z } from 'zod'
import type { DoctorPlan, DoctorReport } from '../model/doctor'
import { profileSchema, secretChangesSchema } from '../model/profile'
import { answers, nothing } from './answers'

const byForm = z.object({ profile: profileSchema, secrets: secretChangesSchema })

/** Why a connection is not made, step by step. */
export const doctorCommands = {
  /** What a diagnosis of these settings would send. Nothing is sent. */
  'doctor.plan': answers<DoctorPlan>()(byForm),
  /**
   * Goes the way to the broker step by step, beside whatever session there is; `doctor.changed` tells each step as it comes. Ends a
   * diagnosis that still runs. Nothing is saved, and no last will is sent. Fails with `fileNotConfirmed`.
   */
  'doctor.run': answers<DoctorReport>()(
    byForm.extend({
      clientId: z.string().max(65_535),
      subscribes: z.boolean(),
      triesOtherWays: z.boolean(),
    }),
  ),
  'doctor.cancel': answers<null>()(nothing),
}
