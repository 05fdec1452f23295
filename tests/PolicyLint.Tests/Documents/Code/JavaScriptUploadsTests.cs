using PolicyLint.Engine.Documents.Code;

namespace PolicyLint.Tests.Documents.Code;

public sealed class JavaScriptUploadsTests
{
    [Theory]
    [InlineData("s3.putObject({ Bucket: 'b', Key: 'k' })", "putObject b")]
    [InlineData("s3.putObject({ Bucket: 'b', Key: 'k', ACL: 'private' }, (err) => {})", "putObject b ACL=private")]
    [InlineData("await this.client.send(new PutObjectCommand({ Bucket: 'b', ACL: \"bucket-owner-full-control\" }));", "PutObjectCommand b ACL=bucket-owner-full-control")]
    [InlineData("await c.send(new client_s3_1.PutObjectCommand({ \"Bucket\": \"b\", 'ACL': 'private', }))", "PutObjectCommand b ACL=private")]
    [InlineData("new CopyObjectCommand({ Bucket: 'b', CopySource: `a/${key}`, GrantRead: 'id=1', GrantFullControl: 'id=2' })", "CopyObjectCommand b GrantRead=id=1 GrantFullControl=id=2")]
    [InlineData("new Upload({ client, params: { Bucket: 'b', Body: fs.createReadStream('x'), ACL: 'private' }, queueSize: 4 })", "Upload b ACL=private")]
    [InlineData("new AWS.S3.ManagedUpload({ params: { Bucket: 'b' } })", "ManagedUpload b")]
    [InlineData("s3.upload({ Bucket: 'b', Key: k, Body: b }).promise()", "upload b")]
    [InlineData("s3.copyObject({ Bucket: 'b', ACL: 'x' })", "copyObject b ACL=x")]
    [InlineData("s3.createMultipartUpload({ Bucket: 'b' })", "createMultipartUpload b")]
    [InlineData("new CreateMultipartUploadCommand({ Bucket: 'b' })", "CreateMultipartUploadCommand b")]
    [InlineData("s3.getSignedUrlPromise('putObject', { Bucket: 'b', ACL: 'private' })", "getSignedUrlPromise b ACL=private")]
    [InlineData("s3.getSignedUrl('getObject', { Bucket: 'b' })", "")]
    [InlineData("s3?.putObject({ Bucket: 'b' })", "putObject b")]
    [InlineData("multer.upload(file); form.upload({ name: 'x' })", "")]
    [InlineData("minio.putObject('b', 'k', stream)", "putObject ? open")]
    [InlineData("// s3.putObject({ Bucket: 'b' })\n/* s3.putObject({ Bucket: 'b' }) */ 's3.putObject({})'", "")]
    [InlineData("const re = /[/'\"]/; s3.putObject({ Bucket: 'b' })", "putObject b")]
    [InlineData("x = a / b; s3.putObject({ Bucket: 'b/c' }) // '", "putObject b/c")]
    [InlineData("const t = `a ${ `b ${ s3.putObject({ Bucket: `x-${process.env.E}` }) }` } c`", "putObject (x-+$E)")]
    [InlineData("<p>Don't</p>\ns3.putObject({ Bucket: 'b' })", "putObject b")]
    [InlineData("s3.putObject<Output>({ Bucket: 'b' })", "putObject b")]
    public void Calls_are_found_in_every_shape(string code, string expected) => Assert.Equal(expected, Shown.Of(JavaScriptUploads.In(code)));

    [Theory]
    [InlineData("s3.putObject({ Bucket: process.env.X })", "putObject $X")]
    [InlineData("s3.putObject({ Bucket: process.env['X'] })", "putObject $X")]
    [InlineData("s3.putObject({ Bucket: process.env.X! })", "putObject $X")]
    [InlineData("s3.putObject({ Bucket: process.env.X as string })", "putObject $X")]
    [InlineData("s3.putObject({ Bucket: (process.env.X || 'b') })", "putObject $X|b")]
    [InlineData("s3.putObject({ Bucket: process.env.X ?? `b` })", "putObject $X|(b)")]
    [InlineData("const { X } = process.env;\ns3.putObject({ Bucket: X })", "putObject $X")]
    [InlineData("const { X: bucket, Y } = process.env\ns3.putObject({ Bucket: bucket })", "putObject $X")]
    [InlineData("const bucket = process.env.X\nconst acl = 'private'\ns3.putObject({ Bucket: bucket, ACL: acl })", "putObject $X ACL=private")]
    [InlineData("const Bucket: string = process.env.X!;\ns3.putObject({ Bucket, Key })", "putObject $X")]
    [InlineData("const a = 'x' + '-' + process.env.E; s3.putObject({ Bucket: a })", "putObject (x+-+$E)")]
    [InlineData("let b = 'x'; b = 'y'; s3.putObject({ Bucket: b })", "putObject ?")]
    [InlineData("const b = 'x'; function put(b) { s3.putObject({ Bucket: b }) }", "putObject ?")]
    [InlineData("const b = 'x'; const put = (b) => s3.putObject({ Bucket: b })", "putObject ?")]
    [InlineData("const b = 'x'; const put = async b => s3.putObject({ Bucket: b })", "putObject ?")]
    [InlineData("const b = 'x'; const put = async (b: string): Promise<void> => { s3.putObject({ Bucket: b }) }", "putObject ?")]
    [InlineData("s3.putObject({ Bucket: prod ? 'a' : 'b' })", "putObject ?")]
    [InlineData("s3.putObject({ Bucket: event.bucket })", "putObject ?")]
    [InlineData("const a = b; const b = a; s3.putObject({ Bucket: a })", "putObject ?")]
    [InlineData("const config = { bucket: 'b' }; s3.putObject({ Bucket: config.bucket })", "putObject b")]
    [InlineData("new PutObjectCommand({ Bucket: 'b', ACL: ObjectCannedACL.bucket_owner_full_control })", "PutObjectCommand b ACL=bucket-owner-full-control")]
    public void What_a_value_is_is_followed_where_it_can_only_be_one(string code, string expected) => Assert.Equal(expected, Shown.Of(JavaScriptUploads.In(code)));

    [Theory]
    [InlineData("const params = { Bucket: 'b', ACL: 'private' };\ns3.putObject(params)", "putObject b ACL=private")]
    [InlineData("const params: PutObjectCommandInput = { Bucket: 'b' };\nnew PutObjectCommand(params)", "PutObjectCommand b")]
    [InlineData("const params = { Bucket: 'b' };\nparams.Body = x;\ns3.putObject(params)", "putObject b")]
    [InlineData("const params = { Bucket: 'b' };\nif (x) params.ACL = 'private';\ns3.putObject(params)", "putObject b ACL=?")]
    [InlineData("const params = { Bucket: 'b' };\nparams['ACL'] = acl;\ns3.putObject(params)", "putObject b ACL=?")]
    [InlineData("const params = { Bucket: 'b', ACL: 'private' };\nparams[name] = x;\ns3.putObject(params)", "putObject b ACL=? open")]
    [InlineData("const params = { Bucket: 'b' };\nObject.assign(params, more);\ns3.putObject(params)", "putObject b open")]
    [InlineData("s3.putObject({ Bucket: 'b', ...options })", "putObject b open")]
    [InlineData("s3.putObject({ Bucket: 'b', ACL: 'private', ...options })", "putObject b ACL=? open")]
    [InlineData("s3.putObject({ ...options, Bucket: 'b', ACL: 'private' })", "putObject b ACL=private open")]
    [InlineData("const base = { ACL: 'private' }; s3.putObject({ Bucket: 'b', ...base })", "putObject b ACL=private")]
    [InlineData("s3.putObject({ Bucket: 'b', [name]: 'x' })", "putObject b open")]
    [InlineData("s3.putObject(paramsOf(event))", "putObject ? open")]
    [InlineData("s3.putObject({ Bucket: 'b', ACL: undefined })", "putObject b")]
    [InlineData("const s3 = new AWS.S3({ params: { ACL: 'private' } }); s3.putObject({ Bucket: 'b' })", "putObject b open")]
    [InlineData("const c = new S3Client({ credentials: fromTemporaryCredentials({}) }); new PutObjectCommand({ Bucket: 'b' })", "PutObjectCommand b; borrows")]
    public void Options_that_are_built_elsewhere_are_not_known(string code, string expected) => Assert.Equal(expected, Shown.Of(JavaScriptUploads.In(code)));

    [Fact]
    public void The_call_stands_where_its_name_does()
    {
        const string code = "const x = `\n${1}`;\n  s3.putObject({ Bucket: 'b' })";
        var call = Assert.Single(JavaScriptUploads.In(code).Calls);
        Assert.Equal("putObject", code.Substring(call.Offset, call.Length));
    }
}
