// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Guardian, IRecovery} from "../../src/account/IRecovery.sol";
import {ApprovingWallet} from "../mocks/Wallets.sol";
import {RecoveryTest} from "./RecoveryTest.sol";

/// @notice What may be named as guardians and signers, and what a signature counts for.
contract RecoveryRulesTest is RecoveryTest {
    function _refused(Guardian[] memory guardians, uint16 threshold, uint32 delay, bytes memory reason) private {
        vm.prank(address(account));
        vm.expectRevert(reason);
        recovery.setGuardians(guardians, threshold, delay);
    }

    function testFuzz_DelayIsADayToThirty(uint32 delay) public {
        if (delay >= 1 days && delay <= 30 days) return _protect(_guardians(), 2, delay);
        _refused(_guardians(), 2, delay, abi.encodeWithSelector(IRecovery.Recovery_InvalidDelay.selector, delay));
    }

    function testFuzz_ThresholdIsReachable(uint16 threshold) public {
        if (threshold != 0 && threshold <= 257) return _protect(_guardians(), threshold, DELAY);
        bytes memory reason =
            abi.encodeWithSelector(IRecovery.Recovery_UnreachableThreshold.selector, 257, threshold);
        _refused(_guardians(), threshold, DELAY, reason);
    }

    function test_RevertWhen_GuardiansAreUnsound() public {
        address[3] memory bad = [address(0), address(account), ann];
        for (uint256 i = 0; i < bad.length; ++i) {
            Guardian[] memory guardians = _guardians();
            guardians[1].guardian = bad[i];
            bytes memory reason = abi.encodeWithSelector(IRecovery.Recovery_InvalidGuardian.selector, bad[i]);
            _refused(guardians, 2, DELAY, reason);
        }
        Guardian[] memory weightless = _guardians();
        weightless[0].weight = 0;
        _refused(weightless, 2, DELAY, abi.encodeWithSelector(IRecovery.Recovery_InvalidGuardian.selector, ann));
    }

    function test_RevertWhen_ThereAreTooManyGuardians() public {
        Guardian[] memory guardians = new Guardian[](11);
        for (uint160 i = 0; i < 11; ++i) guardians[i] = Guardian(address(i + 100), 1);
        bytes memory reason = abi.encodeWithSelector(IRecovery.Recovery_InvalidGuardian.selector, address(110));
        _refused(guardians, 2, DELAY, reason);
        Guardian[] memory ten = new Guardian[](10);
        for (uint160 i = 0; i < 10; ++i) ten[i] = Guardian(address(i + 100), 1);
        _protect(ten, 10, DELAY);
        for (uint160 i = 0; i < 10; ++i) _approve(address(i + 100));
        assertEq(_executableAt(), block.timestamp + DELAY, "all ten");
    }

    function test_RevertWhen_ProtectionEndsWithLeftovers() public {
        Guardian[] memory none = new Guardian[](0);
        _refused(none, 1, 0, abi.encodeWithSelector(IRecovery.Recovery_UnreachableThreshold.selector, 0, 1));
        _refused(none, 0, DELAY, abi.encodeWithSelector(IRecovery.Recovery_InvalidDelay.selector, DELAY));
    }

    function _refusesSigners(bytes[] memory signers, uint64 threshold) private {
        vm.prank(code);
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSigners.selector, address(account)));
        recovery.approve(address(account), signers, threshold);
    }

    function test_RevertWhen_SignersCouldNeverSign() public {
        _refusesSigners(new bytes[](0), 0);
        _refusesSigners(new bytes[](0), 1);
        _refusesSigners(_one(fresh), 0);
        _refusesSigners(_one(fresh), 2);
        _refusesSigners(_one(address(account)), 1);
        bytes[] memory short = new bytes[](1);
        short[0] = new bytes(19);
        _refusesSigners(short, 1);
        short[0] = new bytes(321);
        _refusesSigners(short, 1);
        bytes[] memory twice = new bytes[](2);
        (twice[0], twice[1]) = (abi.encodePacked(fresh), abi.encodePacked(fresh));
        _refusesSigners(twice, 1);
        bytes[] memory many = new bytes[](17);
        for (uint256 i = 0; i < 17; ++i) many[i] = abi.encodePacked(fresh, uint8(i));
        _refusesSigners(many, 1);
    }

    function test_SignaturesOfKeysAndContractsCount() public {
        ApprovingWallet wallet = new ApprovingWallet();
        Guardian[] memory guardians = _guardians();
        guardians[1].guardian = address(wallet);
        _protect(guardians, 2, DELAY);
        bytes32 digest = _approvalDigest(_one(fresh), 1, _round(), FOREVER);
        vm.prank(stranger);
        recovery.approveBySignature(address(account), _one(fresh), 1, ann, FOREVER, sign(key("ann"), digest));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSignature.selector, address(wallet)));
        recovery.approveBySignature(address(account), _one(fresh), 1, address(wallet), FOREVER, "");
        wallet.approve(digest);
        recovery.approveBySignature(address(account), _one(fresh), 1, address(wallet), FOREVER, "");
        assertEq(_executableAt(), block.timestamp + DELAY, "both");
    }

    function test_RevertWhen_SignatureIsForAnythingElse() public {
        uint64 round = _round();
        bytes[] memory signers = _one(fresh);
        bytes32[5] memory others = [
            _approvalDigest(_one(stranger), 1, round, FOREVER),
            _approvalDigest(signers, 2, round, FOREVER),
            _approvalDigest(signers, 1, round + 1, FOREVER),
            _approvalDigest(signers, 1, round, FOREVER - 1),
            _vetoDigest(round, FOREVER)
        ];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory signature = sign(key("recovery code"), others[i]);
            vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSignature.selector, code));
            recovery.approveBySignature(address(account), signers, 1, code, FOREVER, signature);
        }
        bytes memory stolen = sign(key("stranger"), _approvalDigest(signers, 1, round, FOREVER));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSignature.selector, code));
        recovery.approveBySignature(address(account), signers, 1, code, FOREVER, stolen);
    }

    function test_RevertWhen_SignatureIsReplayedInALaterRound() public {
        bytes memory signature = sign(key("recovery code"), _approvalDigest(_one(fresh), 1, _round(), FOREVER));
        recovery.approveBySignature(address(account), _one(fresh), 1, code, FOREVER, signature);
        _veto(address(account));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSignature.selector, code));
        recovery.approveBySignature(address(account), _one(fresh), 1, code, FOREVER, signature);
    }

    function test_RevertWhen_SignatureHasExpired() public {
        uint64 now_ = uint64(block.timestamp);
        bytes memory signature = sign(key("recovery code"), _approvalDigest(_one(fresh), 1, _round(), now_));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_Expired.selector, now_));
        recovery.approveBySignature(address(account), _one(fresh), 1, code, now_, signature);
    }

    function test_VetoBySignature() public {
        _approve(code);
        uint64 round = _round();
        bytes memory anns = sign(key("ann"), _vetoDigest(round, FOREVER));
        recovery.vetoBySignature(address(account), ann, FOREVER, anns);
        bytes memory early = sign(key("bo"), _vetoDigest(round + 1, FOREVER));
        vm.expectRevert(abi.encodeWithSelector(IRecovery.Recovery_InvalidSignature.selector, bo));
        recovery.vetoBySignature(address(account), bo, FOREVER, early);
        recovery.vetoBySignature(address(account), bo, FOREVER, sign(key("bo"), _vetoDigest(round, FOREVER)));
        assertEq(_executableAt(), 0, "vetoed");
    }

    function testFuzz_RecoversExactlyWhenTheWeightsReachTheThreshold(uint8[5] memory weights, uint16 threshold, uint8 who)
        public
    {
        Guardian[] memory guardians = new Guardian[](5);
        (uint256 sum, uint256 given) = (0, 0);
        for (uint256 i = 0; i < 5; ++i) {
            guardians[i] = Guardian(address(uint160(100 + i)), uint8(bound(weights[i], 1, 255)));
            sum += guardians[i].weight;
        }
        threshold = uint16(bound(threshold, 1, sum));
        _protect(guardians, threshold, DELAY);
        for (uint256 i = 0; i < 5 && given < threshold; ++i) {
            if (who & (1 << i) == 0) continue;
            given += guardians[i].weight;
            _approve(guardians[i].guardian);
        }
        assertTrue((_executableAt() != 0) == (given >= threshold), "pending exactly when it is enough");
    }
}
