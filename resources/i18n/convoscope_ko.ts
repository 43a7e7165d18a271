<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>ChartStack</name>
    <message>
        <source>rising</source>
        <translation>오르는 중</translation>
    </message>
    <message>
        <source>falling</source>
        <translation>내리는 중</translation>
    </message>
    <message>
        <source>level</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>epoch {x:.2f}</source>
        <translation>에폭 {x:.2f}</translation>
    </message>
    <message>
        <source>step {x:,.0f}</source>
        <translation>스텝 {x:,.0f}</translation>
    </message>
    <message>
        <source>{x:.1f} s</source>
        <translation>{x:.1f}초</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>정확도, %</translation>
    </message>
    <message>
        <source>Loss, log scale</source>
        <translation>손실, 로그 눈금</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm, log scale</source>
        <translation>기울기 크기, 로그 눈금</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 그림 수</translation>
    </message>
</context>
<context>
    <name>Charts</name>
    <message>
        <source>Epoch</source>
        <translation>에폭</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Axis (X)</source>
        <translation>가로축 (X)</translation>
    </message>
    <message>
        <source>Next axis: X</source>
        <translation>다음 가로축: X</translation>
    </message>
    <message>
        <source>Smoothing, log scale, third chart</source>
        <translation>평활, 로그 눈금, 세 번째 차트</translation>
    </message>
    <message>
        <source>Smoothing, steps</source>
        <translation>평활, 스텝</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>Third chart</source>
        <translation>세 번째 차트</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Images per second</source>
        <translation>초당 그림 수</translation>
    </message>
    <message>
        <source>Healthy</source>
        <translation>정상</translation>
    </message>
    <message>
        <source>Overfitting</source>
        <translation>과적합</translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation>정체</translation>
    </message>
    <message>
        <source>validation loss fell in {fell} of the last {of} checks</source>
        <translation>최근 검증 {of}번 중 {fell}번 손실이 줄었어요</translation>
    </message>
</context>
<context>
    <name>CloseLook</name>
    <message>
        <source>All pictures</source>
        <translation>모든 그림</translation>
    </message>
    <message>
        <source>Back to all pictures (Esc)</source>
        <translation>모든 그림으로 돌아가기 (Esc)</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>숫자</translation>
    </message>
    <message>
        <source>Write the value of every pixel on it</source>
        <translation>픽셀마다 값 쓰기</translation>
    </message>
    <message>
        <source>Next picture (Page Down)</source>
        <translation>다음 그림 (Page Down)</translation>
    </message>
    <message>
        <source>The chosen picture, pixel by pixel</source>
        <translation>고른 그림, 픽셀 하나씩</translation>
    </message>
</context>
<context>
    <name>DatasetsPage</name>
    <message>
        <source>Datasets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Open a folder that holds MNIST</source>
        <translation>MNIST가 든 폴더 열기</translation>
    </message>
    <message>
        <source>Index {i} of {n}, {split}</source>
        <translation>번호 {i} / {n}, {split}</translation>
    </message>
</context>
<context>
    <name>DigitReader</name>
    <message>
        <source>Answer: a probability for each digit</source>
        <translation>답: 숫자마다 확률 하나</translation>
    </message>
    <message>
        <source>The picture the network sees, 28 × 28</source>
        <translation>신경망이 보는 28 × 28 그림</translation>
    </message>
    <message>
        <source>Activations of each layer</source>
        <translation>층마다의 활성값</translation>
    </message>
    <message>
        <source>The answer appears while you draw.</source>
        <translation>그리는 동안 답이 나와요.</translation>
    </message>
</context>
<context>
    <name>DrawPad</name>
    <message>
        <source>Draw here</source>
        <translation>여기에 그려 보세요</translation>
    </message>
    <message>
        <source>Drawing pad</source>
        <translation>그림판</translation>
    </message>
    <message>
        <source>Draw a digit with the mouse or a pen. Delete clears it.</source>
        <translation>마우스나 펜으로 숫자를 그려 보세요. Del을 누르면 지워져요.</translation>
    </message>
</context>
<context>
    <name>Evidence</name>
    <message>
        <source>label {label}, read as {read}, {sure:.1f} % sure</source>
        <translation>정답 {label}, 읽은 값 {read}, 확신 {sure:.1f} %</translation>
    </message>
    <message>
        <source>Mistakes</source>
        <translation>틀린 숫자</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>Mistakes, filters or gradients</source>
        <translation>틀린 숫자, 필터, 기울기</translation>
    </message>
    <message>
        <source>Gradient by layer</source>
        <translation>층마다의 기울기</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>label</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>읽은 값</translation>
    </message>
    <message>
        <source>Show all mistakes</source>
        <translation>틀린 숫자 모두 보기</translation>
    </message>
    <message>
        <source>Digits read wrong, most certain first</source>
        <translation>틀리게 읽은 숫자, 확신이 큰 순서</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>By layer, log scale</source>
        <translation>층마다, 로그 눈금</translation>
    </message>
    <message>
        <source>Read wrong, most certain first</source>
        <translation>확신했지만 틀린 숫자</translation>
    </message>
    <message>
        <source>{label} read as {read}</source>
        <translation>정답 {label}, 읽은 값 {read}</translation>
    </message>
    <message>
        <source>After the first check the digits it reads wrong appear here.</source>
        <translation>첫 검증이 끝나면 틀리게 읽은 숫자가 여기에 나와요.</translation>
    </message>
    <message>
        <source>None of these was kept to show.</source>
        <translation>이 칸의 숫자는 보여 줄 그림이 남아 있지 않아요.</translation>
    </message>
    <message>
        <source>It reads all of them right.</source>
        <translation>모두 바르게 읽어요.</translation>
    </message>
    <message>
        <source>The pictures of earlier runs are not kept, only their counts.</source>
        <translation>앞선 실행의 그림은 남기지 않고 개수만 남겨요.</translation>
    </message>
    <message>
        <source>{n:,} test</source>
        <translation>시험 {n:,}개</translation>
    </message>
    <message>
        <source>{n:,} held out</source>
        <translation>따로 둔 {n:,}개</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Chart (PNG)</source>
        <translation>차트 (PNG)</translation>
    </message>
    <message>
        <source>Weights (safetensors)</source>
        <translation>가중치 (safetensors)</translation>
    </message>
    <message>
        <source>Curves (CSV)</source>
        <translation>곡선 (CSV)</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>on</source>
        <translation>켬</translation>
    </message>
    <message>
        <source>off</source>
        <translation>끔</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>{n:,} held-out digits</source>
        <translation>따로 둔 숫자 {n:,}개</translation>
    </message>
    <message>
        <source>mean of {n} steps</source>
        <translation>{n}스텝 평균</translation>
    </message>
    <message>
        <source>median of {n} steps</source>
        <translation>{n}스텝 중앙값</translation>
    </message>
    <message>
        <source>images/s</source>
        <translation>장/초</translation>
    </message>
    <message>
        <source>vanishing: hardly a slope</source>
        <translation>사라짐: 기울기가 거의 없음</translation>
    </message>
    <message>
        <source>exploding: lower the rate</source>
        <translation>터짐: 학습률 낮추기</translation>
    </message>
    <message>
        <source>neither vanishing nor exploding</source>
        <translation>사라지지도 터지지도 않음</translation>
    </message>
    <message>
        <source>Validation accuracy</source>
        <translation>검증 정확도</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>기울기 크기</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Click to plot it</source>
        <translation>누르면 차트로 보기</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>No filters to look at: this network has no convolution, or nothing was trained yet.</source>
        <translation>볼 필터가 없어요. 합성곱이 없는 신경망이거나 아직 학습하지 않았어요.</translation>
    </message>
    <message>
        <source>{name}: {outputs} filters {k}×{k}, each reads {inputs} channels</source>
        <translation>{name}: {k}×{k} 필터 {outputs}개, 저마다 채널 {inputs}개를 읽음</translation>
    </message>
    <message>
        <source>{name}: {outputs} filters {k}×{k}</source>
        <translation>{name}: {k}×{k} 필터 {outputs}개</translation>
    </message>
    <message>
        <source>{n:,} of {total:,} kernels in view</source>
        <translation>커널 {total:,}개 중 {n:,}개 보임</translation>
    </message>
    <message>
        <source>Convolution layer</source>
        <translation>합성곱 층</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>A page, a recipe or a data set</source>
        <translation>화면, 레시피, 데이터셋</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>찾은 것</translation>
    </message>
    <message>
        <source>Nothing is called that here.</source>
        <translation>그런 이름은 없어요.</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Write a whole number, for example {n}.</source>
        <translation>정수로 적어 주세요. 예: {n}</translation>
    </message>
    <message>
        <source>Write a number with a point, for example 0.5.</source>
        <translation>소수점으로 적어 주세요. 예: 0.5</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Tabs</source>
        <translation>탭</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Find anything (Ctrl+K)</source>
        <translation>찾기 (Ctrl+K)</translation>
    </message>
    <message>
        <source>What is this? (F1)</source>
        <translation>이게 뭐예요? (F1)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>밝은 테마</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>어두운 테마</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Home</source>
        <translation>홈</translation>
    </message>
    <message>
        <source>Draw a digit</source>
        <translation>숫자를 그려 보세요</translation>
    </message>
    <message>
        <source>A network answers while you draw. It learnt from 60,000 handwritten digits, on a computer like this one.</source>
        <translation>그리는 동안 신경망이 바로 답해요. 이런 컴퓨터에서 손글씨 숫자 60,000개로 배웠어요.</translation>
    </message>
    <message>
        <source>Watch it learn from zero</source>
        <translation>처음부터 배우는 과정 보기</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Clear the pad (Del)</source>
        <translation>그림판 지우기 (Del)</translation>
    </message>
    <message>
        <source>Network sees</source>
        <translation>신경망이 보는 것</translation>
    </message>
    <message>
        <source>scaled to 20 pixels, then moved so that its weight sits in the middle: the way MNIST was made</source>
        <translation>20픽셀로 줄이고 무게중심을 가운데로: MNIST를 만든 방법 그대로예요</translation>
    </message>
    <message>
        <source>Layers 1 to 6, strongest maps</source>
        <translation>1~6번 층에서 가장 강한 맵</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>배우는 과정 보기</translation>
    </message>
    <message>
        <source>from guessing to reading</source>
        <translation>찍기에서 읽기까지</translation>
    </message>
    <message>
        <source>Browse the digits</source>
        <translation>숫자 둘러보기</translation>
    </message>
    <message>
        <source>all of them, pixel by pixel</source>
        <translation>하나하나, 픽셀까지</translation>
    </message>
    <message>
        <source>your run of {recipe}</source>
        <translation>내가 학습한 {recipe}</translation>
    </message>
    <message>
        <source>bundled network</source>
        <translation>내장 신경망</translation>
    </message>
</context>
<context>
    <name>Instead</name>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Show the bundled digits</source>
        <translation>내장 숫자 보기</translation>
    </message>
    <message>
        <source>{done} of {total} so far.</source>
        <translation>{total} 중 {done}까지 읽었어요.</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} 읽는 중</translation>
    </message>
    <message>
        <source>{name} is not on this machine yet</source>
        <translation>{name} 데이터가 아직 이 컴퓨터에 없어요</translation>
    </message>
    <message>
        <source>Open the folder with its files, as its publisher packs them. The bundled digits work without it.</source>
        <translation>배포된 그대로의 파일이 든 폴더를 열어 주세요. 내장 숫자는 없어도 볼 수 있어요.</translation>
    </message>
    <message>
        <source>This could not be opened</source>
        <translation>열지 못했어요</translation>
    </message>
    <message>
        <source>No pictures here yet</source>
        <translation>아직 사진이 없어요</translation>
    </message>
    <message>
        <source>Open a folder of pictures, or start with the 5,000 digits that came with the app.</source>
        <translation>사진 폴더를 열거나, 앱에 들어 있는 숫자 5,000개로 시작해 보세요.</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Stop</source>
        <translation>정지</translation>
    </message>
    <message>
        <source>One step (.)</source>
        <translation>한 스텝 (.)</translation>
    </message>
    <message>
        <source>One epoch (E)</source>
        <translation>에폭 하나 (E)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Stopping; what was made is kept.</source>
        <translation>멈추는 중이에요. 만든 것은 남아요.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시정지됨</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Point at anything, or move to it with Tab, and press F1: it explains itself.</source>
        <translation>궁금한 것을 가리키거나 Tab으로 옮겨 간 뒤 F1을 눌러 보세요. 설명이 나와요.</translation>
    </message>
    <message>
        <source>go to a tab</source>
        <translation>탭 이동</translation>
    </message>
    <message>
        <source>find a page, a recipe or a data set</source>
        <translation>화면, 레시피, 데이터셋 찾기</translation>
    </message>
    <message>
        <source>what is this?</source>
        <translation>이게 뭐예요?</translation>
    </message>
    <message>
        <source>next column</source>
        <translation>다음 칸</translation>
    </message>
    <message>
        <source>projector: larger, only the stage</source>
        <translation>프로젝터: 더 크게, 가운데만</translation>
    </message>
    <message>
        <source>pause or resume the training</source>
        <translation>학습 일시정지, 계속</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>한 스텝</translation>
    </message>
    <message>
        <source>clear the pad</source>
        <translation>그림판 지우기</translation>
    </message>
    <message>
        <source>leave the projector, close a dialog</source>
        <translation>프로젝터 끝내기, 창 닫기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Knobs</name>
    <message>
        <source>was {old} until step {step:,}</source>
        <translation>{step:,}스텝까지 {old}</translation>
    </message>
</context>
<context>
    <name>Lens</name>
    <message>
        <source>Look</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>말로</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>수식</translation>
    </message>
    <message>
        <source>Keep this explanation (F1)</source>
        <translation>설명 고정 (F1)</translation>
    </message>
    <message>
        <source>Open the explanation</source>
        <translation>설명 펼치기</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>이게 뭐예요?</translation>
    </message>
    <message>
        <source>Rest the pointer on anything here, and this card explains it.</source>
        <translation>궁금한 것 위에 포인터를 잠시 두면 여기에 설명이 나와요.</translation>
    </message>
</context>
<context>
    <name>MachineCard</name>
    <message>
        <source>On this machine</source>
        <translation>이 컴퓨터에 있는 것</translation>
    </message>
    <message>
        <source>Deep CNN</source>
        <translation>깊은 CNN</translation>
    </message>
    <message>
        <source>5,000 digits</source>
        <translation>숫자 5,000개</translation>
    </message>
    <message>
        <source>1,797 small digits</source>
        <translation>작은 숫자 1,797개</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>A part of MNIST, 28×28. Enough to train on.</source>
        <translation>MNIST의 일부, 28×28. 학습하기에 충분해요.</translation>
    </message>
    <message>
        <source>8×8 pixels: a network learns them in seconds.</source>
        <translation>8×8픽셀이라 몇 초면 배워요.</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>No weights came with this copy. Train them first.</source>
        <translation>가중치가 들어 있지 않아요. 먼저 학습해 보세요.</translation>
    </message>
    <message>
        <source>measured {accuracy:.2f} % on {count:,} test digits · {kib:,.0f} KB</source>
        <translation>시험 숫자 {count:,}개에서 측정 {accuracy:.2f} % · {kib:,.0f} KB</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>70,000 digits in {folder}</source>
        <translation>숫자 70,000개, 폴더 {folder}</translation>
    </message>
    <message>
        <source>Optional: 70,000 digits. Say in which folder its four files lie.</source>
        <translation>선택: 숫자 70,000개. 파일 네 개가 든 폴더를 알려 주세요.</translation>
    </message>
</context>
<context>
    <name>MetricPlot</name>
    <message>
        <source>train batches</source>
        <translation>학습 배치</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험</translation>
    </message>
</context>
<context>
    <name>NetworkStrip</name>
    <message>
        <source>Layers of the network: {layers}</source>
        <translation>신경망의 층: {layers}</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Close this notice</source>
        <translation>알림 닫기</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n}개 더</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사됨</translation>
    </message>
</context>
<context>
    <name>PictureStage</name>
    <message>
        <source>Find: class or index</source>
        <translation>찾기: 클래스, 번호</translation>
    </message>
    <message>
        <source>A class shows only its pictures, an index (#123) goes to one picture. Key: /</source>
        <translation>클래스를 쓰면 그 그림만 보이고, 번호(#123)를 쓰면 그 그림으로 가요. 단축키: /</translation>
    </message>
    <message>
        <source>Find a class or a picture</source>
        <translation>클래스나 그림 찾기</translation>
    </message>
    <message>
        <source>Pictures; arrows choose, Enter looks closely</source>
        <translation>그림. 화살표로 고르고 Enter로 자세히 봐요</translation>
    </message>
    <message>
        <source>Classes with their counts; Space shows only one</source>
        <translation>클래스와 개수. Space를 누르면 하나만 보여요</translation>
    </message>
    <message>
        <source>Part of the set</source>
        <translation>데이터셋의 나눔</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습용</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험용</translation>
    </message>
    <message>
        <source>{n} of {total} pictures</source>
        <translation>{total}장 중 {n}장</translation>
    </message>
    <message>
        <source>{n} pictures, {k} kinds</source>
        <translation>{n}장, {k}가지</translation>
    </message>
    <message>
        <source>Index {i}: {label}</source>
        <translation>번호 {i}: {label}</translation>
    </message>
    <message>
        <source>Index {i}</source>
        <translation>번호 {i}</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>Draw here</source>
        <translation>여기에 그려 보세요</translation>
    </message>
    <message>
        <source>Clear (Del)</source>
        <translation>지우기 (Del)</translation>
    </message>
    <message>
        <source>network sees</source>
        <translation>신경망이 보는 것</translation>
    </message>
    <message>
        <source>What its layers see</source>
        <translation>층이 보는 것</translation>
    </message>
    <message>
        <source>The bundled network says</source>
        <translation>내장 신경망의 답</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>The network being trained says</source>
        <translation>지금 학습 중인 신경망의 답</translation>
    </message>
    <message>
        <source>step {n:,}</source>
        <translation>스텝 {n:,}</translation>
    </message>
    <message>
        <source>The network you trained says</source>
        <translation>학습을 마친 신경망의 답</translation>
    </message>
</context>
<context>
    <name>RecentRuns</name>
    <message>
        <source>Recent runs</source>
        <translation>최근 실행</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없어요</translation>
    </message>
    <message>
        <source>Watch the network learn once, and its run appears here, to look at again or to go on.</source>
        <translation>신경망이 배우는 과정을 한번 보세요. 그 실행이 여기에 남아서, 다시 보거나 이어서 할 수 있어요.</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>bundled {accuracy:.2f} %</source>
        <translation>내장 {accuracy:.2f} %</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>Delete the run {name} with its {n:,} steps and its weights? This cannot be undone.</source>
        <translation>{name} 실행을 {n:,}스텝의 기록과 가중치까지 지울까요? 되돌릴 수 없어요.</translation>
    </message>
    <message>
        <source>Hide curves</source>
        <translation>곡선 숨기기</translation>
    </message>
    <message>
        <source>Show curves</source>
        <translation>곡선 보기</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Back to the charts</source>
        <translation>차트로 돌아가기</translation>
    </message>
    <message>
        <source>Resume this run</source>
        <translation>이어 하기</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Weights (safetensors)</source>
        <translation>가중치 (safetensors)</translation>
    </message>
    <message>
        <source>Curves (CSV)</source>
        <translation>곡선 (CSV)</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>아직 실행이 없어요</translation>
    </message>
    <message>
        <source>Every training is kept here with its curves and its best weights. Start one, and it appears.</source>
        <translation>학습할 때마다 곡선과 가장 좋은 가중치가 여기에 남아요. 시작하면 나타나요.</translation>
    </message>
    <message>
        <source>Earlier runs</source>
        <translation>앞선 실행</translation>
    </message>
</context>
<context>
    <name>RunRow</name>
    <message>
        <source>{accuracy:.1f} % · {steps:,} steps</source>
        <translation>{accuracy:.1f} % · {steps:,}스텝</translation>
    </message>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Open this run</source>
        <translation>이 실행 열기</translation>
    </message>
</context>
<context>
    <name>RunTable</name>
    <message>
        <source>running</source>
        <translation>실행 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>정지됨</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>{n:,.0f} s</source>
        <translation>{n:,.0f}초</translation>
    </message>
    <message>
        <source>test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>따로 둔 숫자</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>시작</translation>
    </message>
</context>
<context>
    <name>RunningJob</name>
    <message>
        <source>paused</source>
        <translation>일시정지</translation>
    </message>
    <message>
        <source>Go to the running job</source>
        <translation>실행 중인 작업으로 가기</translation>
    </message>
</context>
<context>
    <name>SampleInspector</name>
    <message>
        <source>Chosen picture</source>
        <translation>고른 그림</translation>
    </message>
    <message>
        <source>pixel under the pointer</source>
        <translation>포인터 아래 픽셀</translation>
    </message>
    <message>
        <source>Look closely, with numbers (Enter)</source>
        <translation>숫자와 함께 자세히 보기 (Enter)</translation>
    </message>
    <message>
        <source>The chosen picture; arrows read its pixels</source>
        <translation>고른 그림. 화살표로 픽셀을 읽어요</translation>
    </message>
    <message>
        <source>Augment: what training sees</source>
        <translation>증강: 학습할 때 보는 모습</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>다시</translation>
    </message>
    <message>
        <source>Ten augmented versions of the chosen picture</source>
        <translation>고른 그림을 증강한 열 가지</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>회전</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>이동</translation>
    </message>
    <message>
        <source>Average picture</source>
        <translation>평균 그림</translation>
    </message>
    <message>
        <source>The average picture of each class shown</source>
        <translation>보이는 클래스마다의 평균 그림</translation>
    </message>
    <message>
        <source>Pixel values</source>
        <translation>픽셀 값</translation>
    </message>
    <message>
        <source>How many pixels have each value, dark to bright</source>
        <translation>어두운 값부터 밝은 값까지 픽셀 수</translation>
    </message>
    <message>
        <source>{size} numbers</source>
        <translation>숫자 {size}개</translation>
    </message>
    <message>
        <source>value {v}</source>
        <translation>값 {v}</translation>
    </message>
    <message>
        <source>of {n} pictures</source>
        <translation>{n}장의 평균</translation>
    </message>
    <message>
        <source>{low} to {high}: {share} of all</source>
        <translation>{low}~{high}: 전체의 {share}</translation>
    </message>
    <message>
        <source>{share} are 0, not drawn</source>
        <translation>0인 {share}는 뺐어요</translation>
    </message>
    <message>
        <source>0 dark, 255 bright</source>
        <translation>0 어두움, 255 밝음</translation>
    </message>
</context>
<context>
    <name>SetList</name>
    <message>
        <source>Data sets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Open a folder that holds a data set (Ctrl+O)</source>
        <translation>데이터셋이 든 폴더 열기 (Ctrl+O)</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>내장</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Choose a set to see where it comes from.</source>
        <translation>하나를 고르면 출처가 보여요.</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Folder with data sets (MNIST lies in it or in mnist/)</source>
        <translation>데이터셋 폴더 (그 안이나 mnist/ 안에 MNIST가 있는 곳)</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>데이터셋</translation>
    </message>
    <message>
        <source>Training runs</source>
        <translation>학습 기록</translation>
    </message>
    <message>
        <source>What can be made again</source>
        <translation>다시 만들 수 있는 것 (캐시)</translation>
    </message>
    <message>
        <source>Log folder</source>
        <translation>로그 폴더</translation>
    </message>
    <message>
        <source>What computes here</source>
        <translation>계산하는 장치</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>폴더 보기</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>다른 폴더 선택</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>None chosen; the 5,000 bundled digits need none.</source>
        <translation>고르지 않았어요. 내장된 숫자 5,000개는 폴더가 없어도 돼요.</translation>
    </message>
</context>
<context>
    <name>Setup</name>
    <message>
        <source>Written: {name}</source>
        <translation>저장함: {name}</translation>
    </message>
    <message>
        <source>Folder with your data sets</source>
        <translation>데이터셋 폴더</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Knobs</source>
        <translation>조절</translation>
    </message>
    <message>
        <source>act while it runs</source>
        <translation>실행 중에 바로 반영</translation>
    </message>
    <message>
        <source>Fixed for this run</source>
        <translation>이번 실행 동안 고정</translation>
    </message>
    <message>
        <source>Set before the start</source>
        <translation>시작 전에 정하기</translation>
    </message>
    <message>
        <source>Compare with another run</source>
        <translation>다른 실행과 비교</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>Choose its folder</source>
        <translation>폴더 고르기</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>설정 접기</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>설정 더 보기</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>실행 목록</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>This set is not on this machine yet. Its folder may hold it.</source>
        <translation>이 데이터는 아직 이 컴퓨터에 없어요. 있는 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>자동</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Works offline</source>
        <translation>오프라인에서 동작</translation>
    </message>
    <message>
        <source>Nothing you see here needs the internet, and nothing is sent.</source>
        <translation>여기 있는 것은 모두 인터넷 없이 되고, 아무것도 보내지 않아요.</translation>
    </message>
    <message>
        <source>{used:.1f} of {total:.0f} GB</source>
        <translation>{total:.0f} GB 중 {used:.1f} GB</translation>
    </message>
    <message>
        <source>Memory this program uses, of what this computer has</source>
        <translation>컴퓨터의 메모리 중 이 프로그램이 쓰는 양</translation>
    </message>
</context>
<context>
    <name>TrainBar</name>
    <message>
        <source>epoch {now} of {epochs:g} · step {step:,} of {steps:,}</source>
        <translation>에폭 {now}/{epochs:g} · 스텝 {step:,}/{steps:,}</translation>
    </message>
    <message>
        <source>{gone} gone, about {left} left</source>
        <translation>{gone} 지남, 약 {left} 남음</translation>
    </message>
    <message>
        <source>about {time}, as on this machine before</source>
        <translation>약 {time}, 이 컴퓨터의 지난 실행 기준</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>{n:.0f} s</source>
        <translation>{n:.0f}초</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m}분 {s}초</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Done in {time}. {accuracy:.1f} % on {n:,} test digits. Best weights kept.</source>
        <translation>{time} 만에 마쳤어요. 시험 숫자 {n:,}개에서 {accuracy:.1f} %. 가장 좋은 가중치를 남겼어요.</translation>
    </message>
    <message>
        <source>Stopped after {time}. What was made is kept and can be resumed.</source>
        <translation>{time} 만에 정지했어요. 지금까지 만든 것은 남아 있고 이어 할 수 있어요.</translation>
    </message>
    <message>
        <source>Ended by an error after {time}; the note above says why.</source>
        <translation>{time} 만에 오류로 끝났어요. 이유는 위의 알림에 있어요.</translation>
    </message>
</context>
<context>
    <name>TrainPage</name>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
</context>
</TS>
