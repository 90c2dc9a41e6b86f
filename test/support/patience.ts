import { configure } from '@testing-library/react'
import { testTimeoutMs } from '../../build/lib/testTimeouts.mjs'

/** What is waited for has all the time that its test has. */
configure({ asyncUtilTimeout: testTimeoutMs })
