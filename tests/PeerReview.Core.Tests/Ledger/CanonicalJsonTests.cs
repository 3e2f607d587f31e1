using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PeerReview.Core.Ledger;
using Xunit;

namespace PeerReview.Core.Tests.Ledger;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void The_example_of_the_standard_comes_out_byte_for_byte()
    {
        // RFC 8785, 3.2.2 and 3.2.4.
        const string input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string expected =
            """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";

        Assert.Equal(expected, Text(input));
    }

    [Fact]
    public void Names_sort_by_utf16_code_units()
    {
        // RFC 8785, 3.2.3: the emoji is a surrogate pair and sorts before U+FB33.
        const string input = """{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""";

        var names = JsonDocument.Parse(Text(input)).RootElement.EnumerateObject().Select(p => p.Value.GetInt32());

        Assert.Equal([2, 4, 6, 7, 1, 5, 3], names);
    }

    [Theory] // RFC 8785, appendix B, and the edges of each layout
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void A_double_is_written_as_ecmascript_does(string bits, string expected)
    {
        var number = BitConverter.UInt64BitsToDouble(Convert.ToUInt64(bits, 16));

        Assert.Equal(expected, Text(JsonSerializer.Serialize(number)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":{"b":1,"\u0062":1}}""")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740993")]
    [InlineData("100000000000000000000000")]
    [InlineData("1e999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("{")]
    [InlineData("")]
    public void What_has_no_one_form_is_refused(string input)
    {
        Assert.Throws<FormatException>(() => CanonicalJson.Of(Encoding.UTF8.GetBytes(input)));
    }

    [Fact]
    public void A_doubled_name_is_refused_in_a_value_parsed_elsewhere()
    {
        using var lax = JsonDocument.Parse("""{"a":1,"a":2}""");

        Assert.Throws<FormatException>(() => CanonicalJson.Of(lax.RootElement));
    }

    [Fact]
    public void The_form_is_its_own_form_and_keeps_the_value()
    {
        var property = Prop.ForAll<string, double, string>((name, number, text) =>
        {
            if (!double.IsFinite(number) || !Whole(name) || !Whole(text))
                return true;
            var json = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
            {
                ["z" + name] = number,
                ["a"] = new[] { text, null },
                [""] = 1L << 53,
            });
            var once = CanonicalJson.Of(json);
            var read = JsonDocument.Parse(once).RootElement;
            return once.AsSpan().SequenceEqual(CanonicalJson.Of(once)) && CanonicalJson.Is(once)
                && read.GetProperty("z" + name).GetDouble() == number
                && read.GetProperty("a")[0].GetString() == text;
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }

    private static bool Whole(string? text) => text is not null && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;

    private static string Text(string json) => Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)));
}
