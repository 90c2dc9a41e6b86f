import { configure } from '@testing-library/react'

/** Far longer than usual: a busy machine is no defect, and it costs time only where a test fails. */
configure({ asyncUtilTimeout: 60_000 })
