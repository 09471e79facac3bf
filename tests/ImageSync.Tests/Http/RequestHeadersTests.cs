using ImageSync.Http;

namespace ImageSync.Tests.Http;

public class RequestHeadersTests
{
    [TestCase("", "")]
    [TestCase("X-Api-Key: 1", "X-Api-Key=1")]
    [TestCase(" X-A : 1 | X-B: 2 |", "X-A=1 X-B=2")]
    [TestCase("X-Url: http://h:80/", "X-Url=http://h:80/")]
    [TestCase("X-Empty:", "X-Empty=")]
    [TestCase("Accept: image/webp|User-Agent: me", "Accept=image/webp User-Agent=me")]
    [TestCase("Authorization: Bearer ${TOKEN}", "Authorization=Bearer s3cret")]
    [TestCase("X: ${TOKEN}${TOKEN}-${OTHER}", "X=s3crets3cret-o")]
    [TestCase("X: US$100 $1 {a} 50% %20%", "X=US$100 $1 {a} 50% %20%")]
    [TestCase("X: a$TOKEN", "X=a$TOKEN")]
    [TestCase("Authorization: Bearer a{b}c", "Authorization=Bearer a{b}c")]
    [TestCase("Authorization: 0a1b2c", "Authorization=0a1b2c")]
    [TestCase("X: $ {TOKEN", "X=$ {TOKEN")]
    public void Are_sent_with_their_variables_replaced(string text, string expected)
    {
        var headers = RequestHeaders.Parse(text, out _)!;
        Assert.That(string.Join(' ', headers.Resolve(name => name == "TOKEN" ? "s3cret" : "o").Select(field => $"{field.Key}={field.Value}")), Is.EqualTo(expected));
    }

    [TestCase("X-Api-Key", "has an entry that is no 'Name: value'")]
    [TestCase("|", "is given and has no entry")]
    [TestCase(" ", "is given and has no entry")]
    [TestCase("X Api: 1", "has an entry that is no 'Name: value'")]
    [TestCase(": 1", "has an entry that is no 'Name: value'")]
    [TestCase("If-None-Match: *", "names If-None-Match, which ImageSync sets itself")]
    [TestCase("range: bytes=0-1", "names range, which ImageSync sets itself")]
    [TestCase("Host: other", "names Host, which ImageSync sets itself")]
    [TestCase("Content-Length: 1", "names Content-Length, which ImageSync sets itself")]
    [TestCase("X: ${env:TOKEN}", "has a value for X with a ${ that is no ${VARIABLE}")]
    [TestCase("X: ${ TOKEN }", "has a value for X with a ${ that is no ${VARIABLE}")]
    [TestCase("X: ${}", "has a value for X with a ${ that is no ${VARIABLE}")]
    [TestCase("X: ${1A}", "has a value for X with a ${ that is no ${VARIABLE}")]
    [TestCase("X: ${TOKEN}${TOKEN", "has a value for X with a ${ that is no ${VARIABLE}")]
    [TestCase("X: {TOKEN}", "has a value for X that looks like a variable and is none")]
    [TestCase("X: %TOKEN%", "has a value for X that looks like a variable and is none")]
    [TestCase("Authorization: bearer $TOKEN", "has a value for Authorization that looks like a variable and is none")]
    [TestCase("Authorization: token %TOKEN%", "has a value for Authorization that looks like a variable and is none")]
    [TestCase("Authorization: Basic {TOKEN}", "has a value for Authorization that looks like a variable and is none")]
    [TestCase("Authorization: Bearer $env:TOKEN", "has a value for Authorization that looks like a variable and is none")]
    [TestCase("Authorization: Bearer ", "has a value for Authorization without credentials")]
    [TestCase("authorization: basic", "has a value for authorization without credentials")]
    [TestCase("Authorization:", "has a value for Authorization without credentials")]
    [TestCase("X: a\r\nX-Evil: 1", "has a value for X with a character that no header may hold")]
    public void Are_refused_without_repeating_a_value(string text, string expected)
    {
        Assert.That(RequestHeaders.Parse(text, out var problem), Is.Null);
        Assert.That(problem, Is.EqualTo(expected));
    }

    [Test]
    public void Name_the_variables_that_they_need() =>
        Assert.That(RequestHeaders.Parse("A: ${ONE}|B: ${TWO} ${ONE}", out _)!.Variables, Is.EqualTo(new[] { "ONE", "TWO" }));
}
