##! The plain way to measure: every container at once, once per interval.

module Plain;

export {
	redef enum Log::ID += { LOG };

	type Info: record {
		ts: time &log;
		run: count &log;
		variable: string &log;
		size: count &log;
	};
}

global run_number = 0;
global run: event();

event run()
	{
	schedule 1min { Plain::run() };
	++run_number;

	for ( variable, size in global_container_footprints() )
		if ( size >= 1024 )
			Log::write(LOG, Info($ts=network_time(), $run=run_number, $variable=variable, $size=size));
	}

event zeek_init()
	{
	Log::create_stream(LOG, [$columns=Info, $path="plain"]);
	schedule 10sec { Plain::run() };
	}
