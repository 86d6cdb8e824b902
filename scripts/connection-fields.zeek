##! Finds the fields of one connection that hold something, two levels deep.
##!
##! Looking at all of them can take longer than a slice, and the connection must
##! not be kept from one to the next: only the values of the fields still to be
##! looked at are, for as long as the run looks at this connection.

@load base/misc/version

@load ./connection-candidates
@load ./learn
@load ./shapes

module my_stats;

# A field with entries, or a record that may have such fields.
type FieldLeft: record {
	# As in "http_state.pending".
	path: string;
	type_text: string;
	value: any;
};

# Of the connection that is being looked at, what is said about it, and the most
# entries that one of its fields has.
type View: record {
	uid: string &default="";
	age: interval &default=0sec;
	service: set[string] &default=set();
	most: count &default=0;
};

global in_view = View();
global fields_left: vector of FieldLeft;

function close_view()
	{
	in_view = View();
	fields_left = vector();
	}

# Adds those fields of a record that hold something.
function add_fields_left(value: any, prefix: string)
	{
	for ( name, field in record_fields(value) )
		{
		if ( ! field?$value )
			next;

		local text = field$type_name;
@if ( ! Version::at_least("4.0.0") )
		text = type_text_of_field(field);
@endif
		local shape = shapes[text];

		switch ( shape$kind )
			{
			case KIND_TABLE, KIND_SET, KIND_VECTOR:
				if ( (|field$value| as count) > 0 )
					fields_left += FieldLeft($path=prefix + name, $type_text=text,
					    $value=field$value);
				break;

			case KIND_RECORD:
				# Records without a container inside hold nothing that grows.
				if ( prefix == "" && ! shape$flat )
					fields_left += FieldLeft($path=name, $type_text=text,
					    $value=field$value);
				break;

			default:
				break;
			}
		}
	}

# Starts to look at a candidate. Returns F if there is no such connection any
# more, or another one between the same ports.
function open_view(uid: string): bool
	{
	local id = candidates[uid];

@if ( ! Version::at_least("5.0.0") )
	# At the end these still find connections that are freed already, and crash.
	if ( zeek_is_terminating() )
		return F;
@endif

	if ( connection_exists(id) )
		{
		local c = lookup_connection(id);

		if ( c$uid == uid )
			{
			in_view = View($uid=uid, $age=network_time() - c$start_time,
			    $service=copy(c$service));
			add_fields_left(c, "");
			return T;
			}
		}

	delete candidates[uid];
	return F;
	}
