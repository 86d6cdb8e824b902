##! What the collector would log of the contents of a value.

@load ../../scripts/values/contents

module my_stats;

export {
	## What is seen in a container, its parts separated by "|". *records* are the
	## names of the record types that its type mentions.
	global contents_of: function(value: any, records: set[string]): string;
}

function contents_of(value: any, records: set[string]): string
	{
	for ( name in records )
		{
		add record_types[name];
		forget_shapes(name);
		}

	local text = type_text_of(value);
	learn_element(value, shapes[text]);
	local shape = shapes[text];

	if ( ! has_contents(shape) )
		return "";

	open_contents(value, shape);

	while ( look_into_contents(shape, current_time() + 1hr) )
		;

	local parts = close_contents();
	local all = "";

	for ( i in parts )
		all = fmt("%s%s%s", all, all == "" ? "" : "|", parts[i]);

	return all;
	}

# As in a process that has run for a while, which knows its records.
event zeek_init() &priority=1000
	{
	has_started = T;
	}
