##! Finds the fields of one connection that hold something, two levels deep.
##!
##! Looking at all of them can take longer than a slice, and the connection must
##! not be kept from one to the next: only the values of the fields still to be
##! looked at are, for as long as the run looks at this connection.

@load base/misc/version

@load ./connection-candidates
@load ./values/learn
@load ./values/shapes

module my_stats;

# A field with entries, or a record that may have such fields.
type FieldInView: record {
	# As in "http_state.pending".
	path: string;
	type_text: string;
	value: any;
};

# Of the connection that is being looked at, what is said about it, and the
# entries of its fields so far: of each that has a row, and the most of any.
type View: record {
	uid: string &default="";
	id: conn_id &optional;
	age: interval &default=0sec;
	service: set[string] &default=set();
	entries: table[string] of count &optional;
	most: count &default=0;
};

global in_view = View();

# Its fields, and which of them is next. Taking the ones that were looked at out
# of the vector would leak them: resize() never frees what it cuts off.
global fields_in_view: vector of FieldInView;
global next_field = 0;

function close_view()
	{
	in_view = View();
	fields_in_view = vector();
	next_field = 0;
	}

# Adds those fields of a record that hold something.
function add_fields(value: any, prefix: string)
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
					fields_in_view += FieldInView($path=prefix + name, $type_text=text,
					    $value=field$value);
				break;

			case KIND_RECORD:
				# Records without a container inside hold nothing that grows.
				if ( prefix == "" && ! shape$flat )
					fields_in_view += FieldInView($path=name, $type_text=text,
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
			in_view = View($uid=uid, $id=id, $age=network_time() - c$start_time,
			    $service=copy(c$service));
			# By an assignment: Zeek 3.0 does not give a table() in a record's type.
			in_view$entries = table();
			add_fields(c, "");
			return T;
			}
		}

	delete candidates[uid];
	return F;
	}
