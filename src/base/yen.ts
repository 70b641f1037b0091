/** The largest sum that a record may carry, in whole yen. */
export const MOST_YEN = 999_999_999_999
