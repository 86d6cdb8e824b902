/** The version, written into the bundle by build.mjs: reading package.json at every start would cost time. */

declare const MY_STATS_VERSION: string | undefined;

export const VERSION = typeof MY_STATS_VERSION === 'string' ? MY_STATS_VERSION : '0.0.0-unbuilt';
